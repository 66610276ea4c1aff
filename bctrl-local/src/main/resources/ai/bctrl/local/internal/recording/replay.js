'use strict';
const base = location.pathname.replace(/\/$/, '');
const $ = id => document.getElementById(id);
const KINDS = { test: 'Test', step: 'Step', action: 'Action', page: 'Page', network: 'Network', console: 'Console', error: 'Error', failure: 'Failure' };
const PAGE_MARKS = { hangs: 'The page does not answer', crashed: 'The page crashed' };
const SETTLED = 700; // a picture so soon after a failure shows it better than the one before

let frames = [];      // [t, page, width, height]
let notes = [];       // what the recorder noted
let events = [];      // the marks of the time line
let duration = 0;
let live = false;
let position = 0;
let playing = false;
let speed = 1;
let shown = -1;
let wanted = -1;
let opened = false;
const hiddenKinds = new Set();
const pictures = new Map(); // number -> promise of an image

function text(ms, digits = 1) {
  const seconds = Math.max(0, ms) / 1000;
  const minutes = Math.floor(seconds / 60);
  return minutes + ':' + (seconds - minutes * 60).toFixed(digits).padStart(digits ? 3 + digits : 2, '0');
}

// The last picture that was taken until then.
function frameAt(ms) {
  let low = 0, high = frames.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (frames[middle][0] <= ms) low = middle; else high = middle - 1;
  }
  return frames.length ? low : -1;
}

function load(number) {
  let picture = pictures.get(number);
  if (!picture) {
    const image = new Image();
    image.src = base + '/frames/' + number + '.jpg';
    picture = image.decode().then(() => image);
    picture.catch(() => pictures.delete(number));
  }
  pictures.delete(number);
  pictures.set(number, picture); // the newest is the last
  for (const old of pictures.keys()) {
    if (pictures.size <= 24) break;
    pictures.delete(old);
  }
  return picture;
}

function show(number) {
  if (number < 0 || number === wanted) return;
  wanted = number;
  load(number).then(image => {
    if (wanted !== number) return;
    const canvas = $('picture');
    if (canvas.width !== image.naturalWidth || canvas.height !== image.naturalHeight) {
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
    }
    canvas.getContext('2d').drawImage(image, 0, 0);
    shown = number;
    canvas.dataset.frame = number;
  }, () => {
    if (wanted === number) wanted = -1;
    check();
  });
  if (playing) {
    for (let next = number + 1; next < Math.min(frames.length, number + 4); next++) load(next);
  }
}

function overlay() {
  let state = '';
  for (const note of notes) {
    if (note.t > position) break;
    if (note.mark === 'hangs' || note.mark === 'crashed') state = PAGE_MARKS[note.mark];
    if (note.mark === 'answers' || note.mark === 'shown' || note.mark === 'opened') state = '';
  }
  const frame = frames[frameAt(position)];
  const pages = new Set(frames.map(f => f[1]));
  if (!state && frame && pages.size > 1) state = 'Page ' + (1 + [...pages].sort((a, b) => a - b).indexOf(frame[1])) + ' of ' + pages.size;
  $('overlay').textContent = state;
  $('overlay').hidden = !state;
}

function percent(ms) {
  return (duration ? Math.min(100, 100 * ms / duration) : 0) + '%';
}

let followed = null;
function render() {
  show(frameAt(position));
  $('played').style.width = $('head').style.left = percent(position);
  $('clock').textContent = text(position) + ' / ' + text(duration);
  const track = $('track');
  track.setAttribute('aria-valuemax', Math.round(duration));
  track.setAttribute('aria-valuenow', Math.round(position));
  track.setAttribute('aria-valuetext', text(position) + ' of ' + text(duration));
  overlay();
  let current = null;
  for (const item of $('list').children) {
    const past = Number(item.dataset.t) <= position + 1;
    item.classList.toggle('future', !past);
    if (past) current = item;
  }
  if (current !== followed) {
    followed?.firstChild.removeAttribute('aria-current');
    current?.firstChild.setAttribute('aria-current', 'true');
    followed = current;
    if (current) {
      const list = $('list');
      const top = current.offsetTop - list.offsetTop;
      if (top < list.scrollTop || top + current.offsetHeight > list.scrollTop + list.clientHeight) {
        list.scrollTop = top - list.clientHeight / 3;
      }
    }
  }
}

let hashWritten = 0;
function writeHash(now) {
  if (now - hashWritten > 1000 || !playing) {
    hashWritten = now;
    history.replaceState(null, '', '#t=' + (position / 1000).toFixed(2).replace(/\.?0+$/, ''));
  }
}

function seek(ms) {
  position = Math.max(0, Math.min(duration, ms));
  render();
  writeHash(performance.now());
}

let last = 0;
function tick(now) {
  if (!playing) return;
  position = Math.min(duration, position + (now - last) * speed);
  last = now;
  if (position >= duration && !live) pause();
  render();
  writeHash(now);
  if (playing) requestAnimationFrame(tick);
}

function play() {
  if (!frames.length) return;
  if (position >= duration) position = 0;
  playing = true;
  last = performance.now();
  $('play').textContent = '\u23F8\uFE0E';
  $('play').setAttribute('aria-label', 'Pause');
  requestAnimationFrame(tick);
}

function pause() {
  playing = false;
  $('play').textContent = '\u25B6\uFE0E';
  $('play').setAttribute('aria-label', 'Play');
  writeHash(performance.now());
}

function step(by) {
  pause();
  const number = Math.max(0, Math.min(frames.length - 1, frameAt(position) + by));
  if (frames[number]) seek(frames[number][0]);
}

// The moment at which an event is seen best.
function momentOf(event) {
  if (event.kind !== 'failure') return event.t;
  const after = frames.find(frame => frame[0] >= event.t);
  return after && after[0] <= event.t + SETTLED ? after[0] : event.t;
}

const firstFailure = () => events.find(event => event.kind === 'failure');

function jump(event) {
  pause();
  seek(momentOf(event));
}

function drawEvents() {
  const shownEvents = events.filter(event => !hiddenKinds.has(event.kind));
  $('list').replaceChildren(...shownEvents.map(event => {
    const item = document.createElement('li');
    item.className = event.kind + (event.failed ? ' failed' : '');
    item.dataset.t = event.t;
    const button = document.createElement('button');
    button.type = 'button';
    const time = document.createElement('time');
    time.textContent = text(event.t);
    const kind = document.createElement('b');
    kind.textContent = KINDS[event.kind] || event.kind;
    const label = document.createElement('span');
    label.textContent = event.label + (event.detail ? ' \u2013 ' + event.detail : '');
    label.title = label.textContent;
    button.append(time, kind, label);
    button.addEventListener('click', () => jump(event));
    item.append(button);
    return item;
  }));
  followed = null;
  $('empty').hidden = shownEvents.length > 0;
  $('empty').textContent = events.length ? 'No events of this kind.' : 'No events were recorded.';
  const kinds = Object.keys(KINDS).filter(kind => events.some(event => event.kind === kind));
  $('filters').hidden = kinds.length < 2;
  $('filters').replaceChildren(...kinds.map(kind => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = KINDS[kind] + ' ' + events.filter(event => event.kind === kind).length;
    button.setAttribute('aria-pressed', String(!hiddenKinds.has(kind)));
    button.addEventListener('click', () => {
      if (!hiddenKinds.delete(kind)) hiddenKinds.add(kind);
      drawEvents();
      render();
      [...$('filters').children].find(other => other.textContent === button.textContent)?.focus();
    });
    return button;
  }));
  $('failure').hidden = !firstFailure();
  const test = events.find(event => event.kind === 'test');
  $('title').textContent = test ? test.label : 'Replay';
  document.title = (test ? test.label + ' \u2013 ' : '') + 'Replay';
}

function drawTicks() {
  const place = (event, element) => {
    element.className = event.kind + (event.failed ? ' failed' : '');
    element.style.left = percent(event.t);
    element.title = text(event.t) + ' ' + event.label;
    return element;
  };
  const isSpan = event => event.kind === 'step' || event.kind === 'test';
  $('ticks').replaceChildren(...events.filter(event => !isSpan(event)).map(event => place(event, document.createElement('i'))));
  $('spans').replaceChildren(...events.filter(isSpan).map(event => {
    const span = place(event, document.createElement('i'));
    span.style.width = percent((event.end ?? duration) - event.t);
    return span;
  }));
  $('taken').style.width = percent(frames.length ? frames[frames.length - 1][0] : 0);
}

function say(message, big) {
  $('note').textContent = message;
  $('note').hidden = !message;
  $('note').classList.toggle('big', Boolean(big));
  document.querySelector('main').hidden = Boolean(big);
}

async function get(path, options) {
  const answer = await fetch(base + path, options);
  const json = await answer.json();
  if (!answer.ok) {
    const error = new Error(json.error);
    error.status = answer.status;
    throw error;
  }
  return json;
}

function drawExport(state, ended) {
  const button = $('export'), link = $('download');
  button.hidden = state.status === 'ready' || !ended || !frames.length;
  button.disabled = state.status === 'preparing';
  button.textContent = state.status === 'preparing' ? 'Making the video\u2026' : state.status === 'failed' ? 'Try the video again' : 'Make a video file';
  button.title = state.reason || '';
  link.hidden = state.status !== 'ready';
  link.href = base + '/video.webm';
  link.textContent = 'Download the video' + (state.sizeBytes ? ' (' + Math.max(1, Math.round(state.sizeBytes / 1024)) + ' KB)' : '');
  if (state.status === 'failed') say(state.reason);
  if (state.status === 'preparing') again(1000);
}

let timer = 0;
function again(ms) {
  clearTimeout(timer);
  timer = setTimeout(check, ms);
}

async function check() {
  clearTimeout(timer);
  let state;
  try {
    state = await get('/frames.json?from=' + frames.length);
  } catch (error) {
    pause();
    if (error.status) {
      $('status').textContent = 'over';
      $('status').className = 'badge not_available';
      say(error.message, !frames.length);
    } else {
      say('The control plane does not answer; trying again.', !frames.length);
      again(3000);
    }
    return;
  }
  const grown = state.from === frames.length && state.frames.length > 0;
  const atEnd = live && position >= duration - 100;
  if (state.from === frames.length) frames.push(...state.frames);
  notes = state.marks;
  const was = live;
  live = state.live;
  duration = live ? (frames.length ? frames[frames.length - 1][0] : 0) : state.durationMs;
  $('status').textContent = live ? 'live' : state.status.replace('_', ' ');
  $('status').className = 'badge ' + (live ? 'live' : state.status);
  $('facts').textContent = new Date(state.startedAt).toLocaleString() + (frames.length ? ' \u00B7 ' + text(duration) + ' \u00B7 ' + frames.length + ' pictures' : '');
  if (!frames.length) {
    say(state.reason || 'There is nothing to see yet.', true);
    if (['preparing', 'processing'].includes(state.status) || live) again(1000);
    return;
  }
  say(state.reason || '');
  if (!opened || grown || was !== live) {
    try {
      events = (await get('/timeline.json')).marks.sort((a, b) => a.t - b.t);
    } catch (error) {
      events = [];
    }
    drawEvents();
    drawTicks();
  }
  if (!opened) {
    opened = true;
    open();
  } else if (atEnd && !playing) {
    position = duration;
  }
  render();
  drawExport(state.export, !live);
  if (live) again(2000);
  else if (state.status === 'processing') again(500);
}

function open() {
  const asked = /[#&]t=([0-9.]+)/.exec(location.hash);
  if (asked) {
    position = Math.min(duration, Number(asked[1]) * 1000);
  } else if (firstFailure()) {
    seek(momentOf(firstFailure()));
  } else {
    position = live ? duration : 0;
  }
}

function drag(event) {
  const box = $('track').getBoundingClientRect();
  seek(duration * (event.clientX - box.left) / box.width);
}

$('play').addEventListener('click', () => playing ? pause() : play());
$('back').addEventListener('click', () => step(-1));
$('forth').addEventListener('click', () => step(1));
$('speed').addEventListener('change', () => { speed = Number($('speed').value); });
$('failure').addEventListener('click', () => jump(firstFailure()));
$('export').addEventListener('click', async () => {
  $('export').disabled = true;
  try {
    drawExport(await get('/export', { method: 'POST' }), true);
  } catch (error) {
    say(error.message);
  }
});
$('track').addEventListener('pointerdown', event => {
  pause();
  $('track').setPointerCapture(event.pointerId);
  drag(event);
});
$('track').addEventListener('pointermove', event => {
  if ($('track').hasPointerCapture(event.pointerId)) drag(event);
});
addEventListener('hashchange', () => {
  const asked = /[#&]t=([0-9.]+)/.exec(location.hash);
  if (asked) {
    pause();
    seek(Number(asked[1]) * 1000);
  }
});
addEventListener('keydown', event => {
  const inControl = event.target.closest('select, button, a') && (event.key === ' ' || event.key === 'Enter');
  if (inControl || event.target.closest('select') || event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = {
    ' ': () => playing ? pause() : play(),
    ArrowLeft: () => seek(position - 1000),
    ArrowRight: () => seek(position + 1000),
    Home: () => seek(0),
    End: () => seek(duration),
    ',': () => step(-1),
    '.': () => step(1),
  };
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});
check();
