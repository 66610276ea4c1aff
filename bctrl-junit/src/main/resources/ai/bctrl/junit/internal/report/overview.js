// The list of all tests.

const filter = { outcome: "", origin: "", search: "", sort: "outcome" };

const BY_NAME = (a, b) => a.name.localeCompare(b.name, "en", { numeric: true });
const SORTS = {
  outcome: (a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) || BY_NAME(a, b),
  name: BY_NAME,
  duration: (a, b) => b.ms - a.ms || BY_NAME(a, b),
  start: (a, b) => a.start.localeCompare(b.start) || BY_NAME(a, b),
};

const overview = { element: null, shown: [], selected: -1, scroll: 0, rows: null, longest: 1 };

function buildOverview() {
  overview.longest = report.tests.reduce((most, test) => Math.max(most, test.ms), 1);
  overview.list = h("ul", { class: "rows", "aria-label": "Tests" });
  overview.rows = new Window(overview.list, null);
  overview.status = h("p", { class: "status", role: "status" });
  overview.search = searchField("Search name, failure or URL", text => {
    filter.search = text;
    applyFilter();
  });
  overview.search.id = "search";
  overview.element = h("div", { class: "overview" },
    h("h1", { class: "hidden" }, `Tests of ${report.name}`),
    report.problems.length > 0 && h("details", { class: "problems", open: true },
      h("summary", null, plural(report.problems.length, "file or line could not be read", "files or lines could not be read")),
      h("ul", null, report.problems.map(problem => h("li", null, problem)))),
    h("section", { "aria-label": "Summary", class: "summary" }, outcomeTiles(), facts()),
    strip(),
    phaseTable(),
    h("section", { "aria-label": "Tests" }, toolbar(), overview.status, overview.list));
  applyFilter();
}

function count(outcome) {
  return report.tests.filter(test => test.outcome === outcome).length;
}

function outcomeTiles() {
  overview.tiles = [["", "All", report.tests.length], ...OUTCOMES.map(outcome => [outcome, OUTCOME_WORDS[outcome], count(outcome)])]
    .map(([outcome, word, number]) => h("button", {
      type: "button", class: `tile ${outcome}`, "data-outcome": outcome, disabled: outcome !== "" && number === 0,
      onclick: () => {
        filter.outcome = filter.outcome === outcome ? "" : outcome;
        applyFilter();
      },
    }, h("strong", null, String(number)), h("span", null, outcome ? icon(outcome) : null, word)));
  return h("div", { class: "tiles", role: "group", "aria-label": "Filter by outcome" }, overview.tiles);
}

function facts() {
  const time = span();
  const attempts = report.tests.reduce((sum, test) => sum + test.attempts.length, 0);
  const busy = report.tests.reduce((sum, test) => sum + test.attempts.reduce((some, attempt) => some + attempt.ms, 0), 0);
  const rows = [
    ["Started", time ? day(time.from) : "unknown"],
    ["Wall time", time ? duration(time.to - time.from) : "unknown"],
    ["Time in tests", duration(busy)],
    ["Attempts", String(attempts)],
  ];
  return h("dl", { class: "facts" }, rows.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))));
}

function strip() {
  const bar = h("div", { class: "strip", "aria-hidden": "true" });
  for (const outcome of OUTCOMES) {
    const part = h("span", { class: outcome });
    part.style.flexGrow = String(count(outcome));
    bar.append(part);
  }
  return bar;
}

function phaseTable() {
  const figures = phaseFigures();
  return figures.length > 0 && h("section", { class: "legend", "aria-label": "Phases: median and 95th percentile" },
    figures.map(({ name, p50, p95, count: number }) => h("div", { title: `${name}: in ${plural(number, "attempt")}` },
      h("span", { class: "name" }, h("i", { class: `swatch ${phaseClass(name)}` }), name),
      h("span", null, h("abbr", { title: "median" }, "p50"), " ", duration(p50)),
      h("span", null, h("abbr", { title: "95 of 100 are not longer" }, "p95"), " ", duration(p95)))));
}

function toolbar() {
  const origins = new Map();
  for (const test of report.tests) {
    if (test.origin) {
      origins.set(test.origin, (origins.get(test.origin) || 0) + 1);
    }
  }
  overview.origin = choice("Origin", [["", "any"],
    ...[...origins].sort((a, b) => b[1] - a[1]).map(([origin, number]) => [origin, `${originLabel(origin)} (${number})`])],
  "", value => {
    filter.origin = value;
    applyFilter();
  });
  overview.origin.hidden = origins.size === 0;
  return h("div", { class: "toolbar", role: "search" }, overview.search, overview.origin,
    choice("Sort", [["outcome", "failures first"], ["name", "name"], ["duration", "longest first"], ["start", "start"]], "outcome",
      value => {
        filter.sort = value;
        applyFilter();
      }));
}

function matches(test) {
  return (!filter.outcome || test.outcome === filter.outcome) && (!filter.origin || test.origin === filter.origin)
    && (!filter.search || filter.search.split(/\s+/).every(word => test.hay.includes(word)));
}

const narrow = window.matchMedia("(max-width: 760px)");

function rowHeight(test) {
  const rich = test.shown.failure || (test.shown.outcome !== "passed" && test.shown.bundle !== undefined);
  return narrow.matches ? rich ? 118 : 62 : rich ? 84 : 44;
}

function applyFilter() {
  const chosen = overview.shown[overview.selected];
  overview.shown = report.tests.filter(matches).sort(SORTS[filter.sort]);
  overview.selected = overview.shown.indexOf(chosen);
  overview.rows.kept = -1;
  overview.tiles.forEach(tile => tile.setAttribute("aria-pressed", String(tile.dataset.outcome === filter.outcome)));
  overview.status.textContent = overview.shown.length === report.tests.length
    ? plural(report.tests.length, "test")
    : overview.shown.length === 0 ? "No test matches." : `${overview.shown.length} of ${plural(report.tests.length, "test")}`;
  overview.rows.show(overview.shown.map(rowHeight), index => row(overview.shown[index], index));
}

narrow.addEventListener("change", () => applyFilter());

function row(test, index) {
  const shown = test.shown;
  const summary = shown.bundle === undefined ? null : report.bundles[shown.bundle];
  const small = shown.outcome !== "passed" && summary && summary.shot
    ? h("img", { class: "thumb", alt: "", loading: "lazy", src: thumbnail(shown.bundle) || fileUrl(shown.bundle, summary.shot) })
    : h("span", { class: "thumb" });
  const [type, method] = split(test.name);
  const extra = test.display && !sameName(test.display, method) ? test.display : "";
  const failing = rowHeight(test) > 70;
  return h("li", { "aria-setsize": overview.shown.length, "aria-posinset": index + 1 },
    h("a", { class: `row ${test.outcome}`, href: link(test), "data-index": index, onfocus: () => {
      overview.selected = index;
      overview.rows.kept = index;
    } },
    badge(test.outcome),
    h("span", { class: "what" },
      h("span", { class: "title" }, h("span", { class: "type" }, marked(type, filter.search)), h("b", null, marked(method, filter.search)),
        extra && h("span", { class: "soft" }, " ", marked(extra, filter.search))),
      failing && h("span", { class: "why" }, test.origin && h("span", { class: "origin" }, originLabel(test.origin)),
        marked(shown.failure || "", filter.search)),
      failing && h("span", { class: "where soft" }, marked([shown.lastAction, shown.pageUrl].filter(text => text).join(" · "), filter.search))),
    small,
    h("span", { class: "bar" }, phaseBar(test.phases, overview.longest)),
    h("span", { class: "number" }, duration(test.ms)),
    h("span", { class: "number soft when" }, clock(test.start), test.attempts.length > 1 && h("span", { class: "tries" }, `${test.attempts.length} attempts`))));
}

/** A short name as the class and the rest. */
function split(name) {
  const match = /^([\p{L}\p{N}_$.]+\.)([^.]*(?:[(\[].*)?)$/su.exec(name);
  return match ? [match[1], match[2]] : ["", name];
}

const sameName = (display, method) => display.replace(/\(.*\)$/, "") === method.replace(/[(\[].*$/, "");

const link = (test, attempt, tab) =>
  `#${[test.id, attempt, tab].filter(part => part !== undefined && part !== "").map(part => encodeURIComponent(part)).join("/")}`;

/** Selects the row so many steps further. */
function step(by) {
  if (overview.shown.length === 0) {
    return;
  }
  const next = overview.selected < 0 ? 0 : Math.min(overview.shown.length - 1, Math.max(0, overview.selected + by));
  select(next);
}

function select(index) {
  overview.selected = index;
  const element = overview.rows.reveal(index, byId("bar").offsetHeight + 12);
  element.firstChild.focus({ preventScroll: true });
}
