// What the report knows. The overview is read at once; a bundle is unpacked when somebody looks at it.

const report = JSON.parse(byId("data").textContent);

const PHASES = ["queue", "space", "create", "connection", "connect", "context", "page", "body", "collect", "release"];
const OUTCOMES = ["failed", "flaky", "aborted", "passed"];

const ORIGINS = {
  "application-assertion": ["Assertion", "An assertion about the application failed"],
  "application-timeout": ["Timeout", "The application did not get where the test waited for it"],
  "test-error": ["Test error", "The test itself has an error"],
  "page-crash": ["Page crash", "The page crashed"],
  "browser-crash": ["Browser crash", "The browser crashed"],
  "connection-lost": ["Connection lost", "The connection to the browser was lost"],
  "control-plane": ["Control plane", "The control plane failed"],
  "quota-or-capacity": ["No capacity", "There was no browser to be had: a quota or the capacity is used up"],
  "set-up": ["Set-up", "The set-up of the test failed"],
  "tear-down": ["Tear-down", "The tear-down of the test failed"],
};

const PLACES = {
  "constructor": "the constructor of the test class",
  "before-all": "@BeforeAll",
  "before-each": "@BeforeEach",
  "body": "the test method",
  "after-each": "@AfterEach",
  "after-all": "@AfterAll",
  "extension": "another extension",
};

const known = (table, key) => Object.hasOwn(table, key) ? table[key] : null;
const originLabel = origin => (known(ORIGINS, origin) || [origin])[0];
const originSentence = origin => (known(ORIGINS, origin) || [null, `Origin: ${origin}`])[1];
const placeText = place => known(PLACES, place) || place;

function prepare(test, index) {
  const attempts = test.attempts;
  const last = attempts[attempts.length - 1];
  const failed = attempts.filter(attempt => attempt.outcome === "failed");
  test.index = index;
  test.outcome = last.outcome === "passed" && failed.length > 0 ? "flaky" : last.outcome;
  // What people want to see of a test: why it failed, though it may have passed later.
  test.shown = last.outcome === "failed" || failed.length === 0 ? last : failed[failed.length - 1];
  test.origin = test.shown.origin || "";
  test.ms = last.ms;
  test.phases = last.phases;
  test.start = attempts.map(attempt => attempt.start || attempt.end || "").find(time => time) || "";
  test.hay = [test.name, test.class, test.display, ...attempts.flatMap(
    attempt => [attempt.failure, attempt.pageUrl, attempt.lastAction, attempt.runId])].join("\n").toLowerCase();
}

report.tests.forEach(prepare);

const testsById = new Map(report.tests.map(test => [test.id, test]));

function span() {
  let from = Infinity;
  let to = -Infinity;
  for (const attempt of report.tests.flatMap(test => test.attempts)) {
    const start = parsed(attempt.start);
    const end = parsed(attempt.end);
    const begin = start ? start.getTime() : end ? end.getTime() - attempt.ms : NaN;
    if (Number.isFinite(begin)) {
      from = Math.min(from, begin);
      to = Math.max(to, begin + attempt.ms);
    }
  }
  return to >= from ? { from, to } : null;
}

/** The nearest-rank percentile of sorted numbers. */
const percentile = (sorted, part) => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];

function phaseFigures() {
  const all = new Map();
  for (const attempt of report.tests.flatMap(test => test.attempts)) {
    for (const [name, ms] of attempt.phases) {
      if (!all.has(name)) {
        all.set(name, []);
      }
      all.get(name).push(ms);
    }
  }
  return [...all].map(([name, values]) => {
    values.sort((a, b) => a - b);
    return { name, p50: percentile(values, 0.5), p95: percentile(values, 0.95), count: values.length };
  }).sort((a, b) => phaseRank(a.name) - phaseRank(b.name));
}

function phaseRank(name) {
  const rank = PHASES.indexOf(name);
  return rank < 0 ? PHASES.length : rank;
}

const block = id => {
  const element = byId(id);
  return element ? element.textContent : null;
};

const thumbnail = index => block(`t${index}`);

/** The address of a file of a bundle, relative to this page. */
function fileUrl(index, name) {
  return (report.bundles[index].path + name).split("/").map(encodeURIComponent).join("/");
}

/** The picture to show large: the one in this page, else the file. */
const screenshot = index => block(`s${index}`) || fileUrl(index, report.bundles[index].shot);

const unpacked = new Map();

/** What is known of a bundle. */
function bundle(index) {
  if (!unpacked.has(index)) {
    unpacked.set(index, unpack(index));
  }
  return unpacked.get(index);
}

async function unpack(index) {
  const text = block(`b${index}`);
  const summary = report.bundles[index];
  if (text === null) {
    return { files: [], problems: [summary.problem || "This report has no room for it: look at its files."] };
  }
  if (typeof DecompressionStream === "undefined") {
    return { files: [], problems: ["This browser is too old to unpack it (it has no DecompressionStream)."] };
  }
  const packed = Uint8Array.from(atob(text), character => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** Whether `./bctrl report` serves this page, which then has the trace viewer beside it. */
const served = location.protocol === "http:" && /^(127\.0\.0\.1|localhost)$/.test(location.hostname)
  && location.pathname.startsWith("/run/");
