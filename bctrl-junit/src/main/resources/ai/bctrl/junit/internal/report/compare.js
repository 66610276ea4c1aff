// A failing attempt beside a passing one of the same test.

const MOST_DIFF_ROWS = 400;

async function comparison(failing, passing) {
  const [bad, good] = await Promise.all([bundle(failing), bundle(passing)]);
  const sides = { failing, passing, bad, good };
  return h("div", { class: "comparison" },
    note("Left: this attempt, which failed. Right: ", otherName(passing, good), ", which passed."),
    section("Screenshots", compareScreenshots(sides)),
    section("Actions", compareActions(sides)),
    section("Console", compareConsole(sides)),
    section("Requests", compareRequests(sides)),
    section("Page source", compareText(sides, "dom", true)),
    section("ARIA snapshot", compareText(sides, "aria", false)),
    section("Phases", comparePhases(sides)));
}

function otherName(index, kept) {
  const parts = report.bundles[index].path.split("/").filter(part => part);
  const attempt = parts[parts.length - 1] || "an attempt";
  const back = parts.lastIndexOf("..");
  const elsewhere = back >= 0 && parts.length - back > 4;
  return h("b", null, attempt, elsewhere ? ` of run ${parts[back + 1]}` : "", kept.time ? ` (${day(kept.time)})` : "");
}

function section(title, ...content) {
  return h("section", null, h("h3", null, title), content);
}

function compareScreenshots({ failing, passing }) {
  const side = (index, word) => report.bundles[index].shot
    ? picture(screenshot(index), `Screenshot, ${word}`, [badge(word), " ", fileLink(index, report.bundles[index].shot)], thumbnail(index))
    : h("figure", null, h("figcaption", null, badge(word), " no screenshot was kept"));
  return h("div", { class: "sides" }, side(failing, "failed"), side(passing, "passed"));
}

/** The entries of one list that the other one has not, each counted as often as it occurs. */
function onlyIn(list, other, key) {
  const left = new Map();
  for (const entry of other) {
    left.set(key(entry), (left.get(key(entry)) || 0) + 1);
  }
  return list.filter(entry => {
    const number = left.get(key(entry)) || 0;
    left.set(key(entry), number - 1);
    return number <= 0;
  });
}

/** Ports, ids and times differ from run to run and say nothing. */
const leveled = text => str(text).replace(/(127\.0\.0\.1|localhost):\d+/g, "$1").replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/gi, "#")
  .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "#").replace(/\d{10,}/g, "#");

function onlyList(word, entries, show) {
  return h("div", null, h("h4", null, badge(word), ` only here: ${entries.length}`),
    entries.length > 0 && h("ul", { class: "only mono" }, entries.slice(0, 100).map(entry => h("li", null, show(entry)))),
    entries.length > 100 && note(`The first 100 of ${entries.length}.`));
}

function compareConsole({ bad, good }) {
  if (!bad.console || !good.console) {
    return note("One of them kept no console.");
  }
  const key = row => `${str(row.level)} ${leveled(row.text)}`;
  const here = onlyIn(bad.console.rows, good.console.rows, key);
  const there = onlyIn(good.console.rows, bad.console.rows, key);
  const show = row => [h("span", { class: "level" }, str(row.level)), " ", str(row.text)];
  return here.length + there.length === 0 ? note("The consoles say the same.")
    : h("div", { class: "sides" }, onlyList("failed", here, show), onlyList("passed", there, show));
}

function compareRequests({ bad, good }) {
  if (!bad.network || !good.network) {
    return note("One of them kept no requests.");
  }
  const key = row => `${row.method} ${leveled(row.url)}`;
  const here = onlyIn(bad.network.rows, good.network.rows, key);
  const there = onlyIn(good.network.rows, bad.network.rows, key);
  const byKey = new Map(good.network.rows.map(row => [key(row), row]));
  const changed = bad.network.rows.filter(row => byKey.has(key(row)) && outcomeOfRequest(byKey.get(key(row))) !== outcomeOfRequest(row));
  const show = row => [`${row.method} ${str(row.url)} `, statusText(row)];
  return [
    changed.length > 0 && h("div", { class: "scroll" }, h("table", { "aria-label": "Requests with another answer" },
      h("thead", null, h("tr", null, ["Request", "Failed attempt", "Passed attempt"].map(text => h("th", { scope: "col" }, text)))),
      h("tbody", null, changed.slice(0, 100).map(row => h("tr", { class: failedRequest(row) ? "bad" : "" },
        h("td", { class: "mono wrap" }, `${row.method} ${str(row.url)}`), h("td", null, statusText(row)),
        h("td", null, statusText(byKey.get(key(row))))))))),
    here.length + there.length + changed.length === 0 ? note("Both made the same requests and got the same answers.")
      : here.length + there.length > 0 && h("div", { class: "sides" }, onlyList("failed", here, show), onlyList("passed", there, show))];
}

const outcomeOfRequest = row => row.error ? "failed" : String(row.status);

function compareActions({ bad, good }) {
  if (!bad.actions || !good.actions) {
    return note("One of them kept no actions.");
  }
  const failing = failingAction(bad);
  const label = row => str(row.title || row.call);
  const names = rows => rows.map(label);
  const edits = diffLines(names(bad.actions.rows), names(good.actions.rows));
  const took = new Map(good.actions.rows.map(row => [label(row), row]));
  const twin = failing && took.get(label(failing));
  return [
    failing && h("p", null, "The failing action ", h("code", null, label(failing)),
      twin ? ` took ${duration(twin.durationMs)} where it passed, and ${duration(failing.durationMs)} here.` : " does not occur in the passing attempt."),
    edits ? edits.some(edit => edit.sign !== " ") ? diffView(edits, 2) : note("Both took the same steps.") : note("Their steps differ altogether.")];
}

function compareText({ bad, good }, kind, html) {
  const one = (bad[kind] || [])[0];
  const other = (good[kind] || [])[0];
  if (!one || !other) {
    return note("One of them has none.");
  }
  const lines = item => sourceLines(leveled(item.text), html);
  const edits = diffLines(lines(one), lines(other));
  return [
    !(one.whole && other.whole) && note("Only the beginnings are compared, as this report has no room for the whole."),
    !edits ? note("They differ in too many places to be shown here.")
      : edits.some(edit => edit.sign !== " ") ? diffView(edits, 3) : note("They are the same.")];
}

/** Lines with − are in the failed attempt only, with + in the passed one only. */
function diffView(edits, around) {
  const rows = hunks(edits, around);
  const words = { "-": "only in the failed attempt: ", "+": "only in the passed attempt: ", " ": "" };
  const classes = { "-": "minus", "+": "plus", " ": "" };
  return [
    h("p", { class: "diff-key soft" }, h("span", { class: "minus" }, "−"), " only in the failed attempt   ", h("span", { class: "plus" }, "+"), " only in the passed attempt"),
    h("div", { class: "diff mono", tabindex: "0", role: "region", "aria-label": "Differences" }, rows.slice(0, MOST_DIFF_ROWS).map(row => row.skipped
      ? h("div", { class: "skipped" }, `… ${plural(row.skipped, "equal line")}`)
      : h("div", { class: classes[row.sign] }, h("span", { "aria-hidden": "true", class: "sign" }, row.sign === "-" ? "−" : row.sign),
        words[row.sign] && h("span", { class: "hidden" }, words[row.sign]), row.text.slice(0, 1000)))),
    rows.length > MOST_DIFF_ROWS && note(`The first ${MOST_DIFF_ROWS} of ${rows.length} lines.`)];
}

function phasePairs(kept) {
  return (Array.isArray(kept.phases) ? kept.phases : []).map(phase => [str(phase.name), Number(phase.durationMs) || 0]);
}

function comparePhases({ bad, good }) {
  const here = new Map(phasePairs(bad));
  const there = new Map(phasePairs(good));
  const names = [...new Set([...here.keys(), ...there.keys()])].sort((a, b) => phaseRank(a) - phaseRank(b));
  const full = Math.max(...[here, there].map(phases => [...phases.values()].reduce((sum, ms) => sum + ms, 0)), 1);
  return names.length === 0 ? note("No phases were kept.") : [
    h("div", { class: "sides bars" }, phaseBar([...here], full), phaseBar([...there], full)),
    h("div", { class: "scroll" }, h("table", { "aria-label": "Phases" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Phase"), ["Failed", "Passed", "Difference"].map(text => h("th", { scope: "col", class: "number" }, text)))),
      h("tbody", null, names.map(name => {
        const by = (here.get(name) || 0) - (there.get(name) || 0);
        return h("tr", null, h("td", null, h("i", { class: `swatch ${phaseClass(name)}` }), name),
          h("td", { class: "number" }, here.has(name) ? duration(here.get(name)) : "–"),
          h("td", { class: "number" }, there.has(name) ? duration(there.get(name)) : "–"),
          h("td", { class: "number" }, by === 0 ? "0" : `${by > 0 ? "+" : "−"}${duration(Math.abs(by))}`));
      }))))];
}
