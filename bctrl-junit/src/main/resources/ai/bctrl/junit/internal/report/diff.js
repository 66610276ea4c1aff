// What differs between two lists of lines (Myers), with a bound on the work.

const MOST_LINES = 20000;
const MOST_EDITS = 800;

/** The edits from a to b as [{sign: " " | "-" | "+", text}], or null if they differ too much to be worth a look. */
function diffLines(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start++;
  }
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const middle = shortest(a.slice(start, endA), b.slice(start, endB));
  const same = text => ({ sign: " ", text });
  return middle && [...a.slice(0, start).map(same), ...middle, ...a.slice(endA).map(same)];
}

function shortest(a, b) {
  if (a.length > MOST_LINES || b.length > MOST_LINES) {
    return null;
  }
  const limit = Math.min(MOST_EDITS, a.length + b.length);
  const trace = [];
  const far = new Map([[1, 0]]);
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(new Map(far));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && far.get(k - 1) < far.get(k + 1));
      let x = down ? far.get(k + 1) : far.get(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) {
        x++;
      }
      far.set(k, x);
      if (x >= a.length && x - k >= b.length) {
        return walkBack(a, b, trace);
      }
    }
  }
  return null;
}

function walkBack(a, b, trace) {
  const edits = [];
  let x = a.length;
  let y = b.length;
  for (let depth = trace.length - 1; depth >= 0; depth--) {
    const far = trace[depth];
    const k = x - y;
    const down = k === -depth || (k !== depth && far.get(k - 1) < far.get(k + 1));
    const before = down ? k + 1 : k - 1;
    const fromX = depth === 0 ? 0 : far.get(before);
    const fromY = depth === 0 ? 0 : fromX - before;
    while (x > fromX && y > fromY) {
      edits.push({ sign: " ", text: a[--x] });
      y--;
    }
    if (depth > 0) {
      edits.push(down ? { sign: "+", text: b[--y] } : { sign: "-", text: a[--x] });
    }
  }
  return edits.reverse();
}

/** Leaves out what is the same but for some lines around each change; what is left out is {skipped: number}. */
function hunks(edits, around) {
  const keep = new Uint8Array(edits.length);
  edits.forEach((edit, i) => {
    if (edit.sign !== " ") {
      keep.fill(1, Math.max(0, i - around), i + around + 1);
    }
  });
  const rows = [];
  edits.forEach((edit, i) => {
    if (keep[i]) {
      rows.push(edit);
    } else if (rows.length > 0 && rows[rows.length - 1].skipped) {
      rows[rows.length - 1].skipped++;
    } else {
      rows.push({ skipped: 1 });
    }
  });
  return rows;
}
