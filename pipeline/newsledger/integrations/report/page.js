"use strict";
// Draws the page from the data in it. Text from articles only ever becomes text nodes, never markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { articles, figures, countries, people, issues } = data;
  const byId = (id) => document.getElementById(id);
  const PAGE = 60, TOP = 12;
  const SIZES = [
    ["< 1k", "less than a thousand", 0, 1e3],
    ["k", "thousands", 1e3, 1e6],
    ["m", "millions", 1e6, 1e9],
    ["bn", "billions", 1e9, 1e12],
    ["tn", "trillions and more", 1e12, Infinity],
    ["?", "no number", null, null],
  ];
  const BOUNDS = {
    exact: "", approx: "about", estimate: "an estimated", lt: "less than", le: "at most",
    gt: "more than", ge: "at least", range: "", vague: "amount not stated,",
  };
  const FLAGS = {
    rounded: "rounded to six decimals", minus: "minus or dash?", separator: "separator may be read two ways", scale: "scale may be missing",
    table_scale: "table may be in thousands or millions", currency_conflict: "currency in conflict",
    no_code: "no ISO code", garbled: "sign garbled", out_of_range: "too large for the table",
    inexact_float: "more digits than a float64 holds",
  };

  // --- small things -------------------------------------------------------------------------------------

  function make(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "class") node.className = value;
      else if (name === "on") node.addEventListener("click", value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  const counted = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many || one + "s"}`;

  // Amounts are text of any length; a number would round them.
  function grouped(amount) {
    const [whole, rest] = amount.split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? "." + rest : "");
  }

  function valueOf(figure) {
    const { value_low: low, value_high: high } = figure;
    const bound = BOUNDS[figure.modifier] || "";
    const currency = figure.currency || "currency open";
    const per = figure.per_unit ? ` per ${figure.per_unit}` : "";
    if (low === undefined && high === undefined) return `amount not stated, ${currency}`;
    const amount = figure.modifier === "range" && low !== undefined && high !== undefined
      ? `${grouped(low)} to ${grouped(high)}` : grouped(low !== undefined ? low : high);
    return `${bound} ${amount} ${currency}${per}`.trim();
  }

  // Only for order, size and filters.
  function roughly(figure) {
    const amount = figure.value_low !== undefined ? figure.value_low : figure.value_high;
    return amount === undefined ? null : Math.abs(Number(amount));
  }

  function sizeOf(figure) {
    const amount = figure.rough;
    return amount === null ? SIZES.length - 1 : SIZES.findIndex(([, , least, most]) => amount >= least && amount < most);
  }

  // "2.5bn", "300k", "1,000,000" -> a number; null for nothing, NaN for what cannot be read.
  function amountIn(text) {
    const said = text.trim().toLowerCase().replace(/[\s,_]/g, "");
    if (!said) return null;
    const match = /^(\d+\.?\d*|\.\d+)(k|thousand|m|mn|mln|million|bn|b|billion|tn|t|trillion)?$/.exec(said);
    if (!match) return NaN;
    const scale = { k: 1e3, t: 1e12, m: 1e6, b: 1e9 };
    const word = match[2] || "";
    return Number(match[1]) * (word === "thousand" ? 1e3 : word ? scale[word[0]] : 1);
  }

  function link(figure) {
    return "#" + encodeURIComponent(`${articles[figure.a].id}#${figure.id}`);
  }

  const nameOf = (article) => article.title || article.id;

  // --- what is known of each figure ----------------------------------------------------------------------

  for (const article of articles) {
    article.named = {
      country: new Set(article.countries.filter((m) => !m[3]).map((m) => m[2])),
      person: new Set(article.people.map((m) => m[2])),
    };
  }
  figures.forEach((figure, number) => {
    const article = articles[figure.a];
    const [first, last] = figure.sentence;
    const inside = (mention) => mention[0] >= first && mention[0] < last;
    figure.number = number;
    figure.rough = roughly(figure);
    figure.size = sizeOf(figure);
    figure.words = figure.words || [
      article.text.slice(first, figure.span[0]),
      article.text.slice(figure.span[0], figure.span[1]),
      article.text.slice(figure.span[1], last),
    ];
    figure.text = (figure.words.join("") + " " + nameOf(article)).replace(/\s+/g, " ").toLowerCase();
    figure.named = {
      country: new Set(article.countries.filter((m) => !m[3] && inside(m)).map((m) => m[2])),
      person: new Set(article.people.filter(inside).map((m) => m[2])),
      dates: article.dates.filter(inside),
    };
  });

  // --- filters --------------------------------------------------------------------------------------------

  const chosen = { size: null, bin: null };
  const controls = ["words", "currency", "least", "most", "country", "person", "scope", "kind", "from", "to", "evidence"];

  function wanted() {
    const said = Object.fromEntries(controls.map((id) => [id, byId(id).value]));
    said.words = said.words.toLowerCase().split(/\s+/).filter(Boolean);
    for (const id of ["least", "most"]) {
      said[id] = amountIn(said[id]);
      byId(id).classList.toggle("bad", Number.isNaN(said[id]));
      if (Number.isNaN(said[id])) said[id] = null;
    }
    return { ...said, ...chosen };
  }

  function isActive(want) {
    return want.words.length > 0 || want.least !== null || want.most !== null || want.size !== null || want.bin !== null ||
      ["currency", "country", "person", "kind", "from", "to", "evidence"].some((id) => want[id] !== "");
  }

  function fits(figure, want) {
    const article = articles[figure.a];
    const near = want.scope === "sentence" ? figure.named : article.named;
    const dates = want.scope === "sentence" ? figure.named.dates : article.dates;
    return (
      (want.currency === "" || (figure.currency || "?") === want.currency) &&
      (want.least === null || (figure.rough !== null && figure.rough >= want.least)) &&
      (want.most === null || (figure.rough !== null && figure.rough <= want.most)) &&
      (want.size === null || figure.size === want.size) &&
      (want.kind === "" || figure.kind === want.kind) &&
      (want.country === "" || near.country.has(Number(want.country))) &&
      (want.person === "" || near.person.has(Number(want.person))) &&
      (want.from === "" || (article.published !== null && article.published >= want.from)) &&
      (want.to === "" || (article.published !== null && article.published <= want.to)) &&
      (want.evidence === "" || evidence(figure, want.evidence)) &&
      (want.bin === null || dates.some((m) => m[2] !== null && want.bin.has(m[2]))) &&
      want.words.every((word) => figure.text.includes(word))
    );
  }

  function evidence(figure, kind) {
    if (kind === "flagged") return Boolean(figure.quality);
    if (kind === "open") return !figure.currency;
    const assumed = figure.currency_basis === "context" || figure.currency_basis === "default";
    return Boolean(figure.currency) && assumed === (kind === "assumed");
  }

  // --- charts ---------------------------------------------------------------------------------------------

  function drawTiles() {
    const named = new Set(articles.flatMap((article) => [...article.named.country]));
    const dates = articles.reduce((sum, article) => sum + article.dates.length, 0);
    const tiles = [
      [articles.length, articles.length === 1 ? "article" : "articles"], [figures.length, figures.length === 1 ? "figure" : "figures"],
      [people.length, people.length === 1 ? "person" : "people"], [named.size, named.size === 1 ? "country" : "countries"],
      [dates, dates === 1 ? "date" : "dates"], [issues.length, issues.length === 1 ? "issue" : "issues"],
    ];
    byId("tiles").append(...tiles.map(([n, what]) =>
      make("div", { class: "tile" }, make("b", {}, n.toLocaleString("en")), make("span", {}, what))));
    const days = articles.map((article) => article.published).filter(Boolean).sort();
    byId("about").textContent = days.length
      ? `Articles published ${days[0] === days[days.length - 1] ? "on " + days[0] : days[0] + " to " + days[days.length - 1]}`
      : "Publication dates unknown";
  }

  function drawMatrix(shown, want) {
    const counts = new Map();
    for (const figure of shown) {
      const code = figure.currency || "?";
      if (!counts.has(code)) counts.set(code, new Array(SIZES.length).fill(0));
      counts.get(code)[figure.size] += 1;
    }
    const total = (row) => row.reduce((sum, n) => sum + n, 0);
    const rows = [...counts].sort((a, b) => total(b[1]) - total(a[1]) || (a[0] < b[0] ? -1 : 1));
    const most = Math.max(1, ...rows.flatMap(([, row]) => row));
    const head = make("tr", {}, make("th", {}), ...SIZES.map(([sign, said]) => make("th", { title: said }, sign)), make("th", {}, "all"));
    const body = rows.slice(0, TOP).map(([code, row]) => make("tr", {},
      make("th", {}, make("button", {
        type: "button", class: want.currency === code ? "on" : "", title: code === "?" ? "currency open" : code, on: () => choose({ currency: code }),
      }, code === "?" ? "open" : code)),
      ...row.map((n, size) => {
        const cell = make("button", {
          type: "button", class: want.currency === code && want.size === size ? "on" : "",
          title: `${counted(n, "figure")} in ${code}, ${SIZES[size][1]}`, on: () => choose({ currency: code, size }),
        }, n ? n.toLocaleString("en") : "");
        if (n) cell.style.background = `rgba(var(--tint), ${0.12 + 0.6 * Math.sqrt(n / most)})`;
        else cell.disabled = true;
        return make("td", {}, cell);
      }),
      make("th", {}, total(row).toLocaleString("en"))));
    const rest = rows.length - body.length;
    byId("matrix").replaceChildren(
      make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)),
      rest > 0 ? make("p", { class: "note" }, `and ${counted(rest, "more currency", "more currencies")}`) : "");
  }

  function drawBars(id, control, counts, name) {
    const rows = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const most = rows.length ? rows[0][1] : 1;
    byId(id).replaceChildren(...rows.slice(0, TOP).map(([number, n]) => {
      const bar = make("i", {});
      bar.style.width = `${(100 * n) / most}%`;
      const [said, more] = name(number);
      return make("button", {
        type: "button", class: byId(control).value === String(number) ? "on" : "", title: said, on: () => choose({ [control]: String(number) }),
      }, make("span", { class: "name" }, said, more ? make("small", {}, ` ${more}`) : null),
      make("span", { class: "n" }, n.toLocaleString("en")), make("span", { class: "bar" }, bar));
    }), rows.length > TOP ? make("p", { class: "note" }, `and ${(rows.length - TOP).toLocaleString("en")} more`) : "");
    if (!rows.length) byId(id).replaceChildren(make("p", { class: "note" }, "none"));
  }

  const ALL_DAYS = articles.flatMap((article) => article.dates.map((m) => m[2]).filter(Boolean)).sort();

  // Bins that hold 96 of 100 dates; what lies outside is counted in words.
  const bins = (() => {
    if (!ALL_DAYS.length) return null;
    const at = (share) => ALL_DAYS[Math.min(ALL_DAYS.length - 1, Math.floor(share * ALL_DAYS.length))];
    const years = (day) => Number(day.slice(0, 4));
    const [low, high] = ALL_DAYS.length < 50 ? [ALL_DAYS[0], ALL_DAYS[ALL_DAYS.length - 1]] : [at(0.02), at(0.98)];
    const span = years(high) - years(low);
    const unit = span <= 4 ? "month" : span <= 120 ? "year" : "decade";
    const key = (day) => (unit === "month" ? day.slice(0, 7) : unit === "year" ? day.slice(0, 4) : day.slice(0, 3) + "0");
    const keys = [];
    if (unit === "month") {
      for (let y = years(low), m = Number(low.slice(5, 7)); `${y}-${String(m).padStart(2, "0")}` <= key(high);) {
        keys.push(`${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}`);
        m += 1;
        if (m > 12) { m = 1; y += 1; }
      }
    } else {
      const step = unit === "year" ? 1 : 10;
      for (let y = Number(key(low)); y <= Number(key(high)); y += step) keys.push(String(y).padStart(4, "0"));
    }
    return { unit, key, keys };
  })();

  function drawTimeline(ofArticles, want) {
    const note = byId("timeline-note");
    if (!bins) {
      note.textContent = "No date with calendar days.";
      return;
    }
    const counts = new Map(bins.keys.map((key) => [key, 0]));
    let before = 0, after = 0;
    for (const article of ofArticles) {
      for (const mention of article.dates) {
        if (mention[2] === null) continue;
        const key = bins.key(mention[2]);
        if (counts.has(key)) counts.set(key, counts.get(key) + 1);
        else if (key < bins.keys[0]) before += 1;
        else after += 1;
      }
    }
    const most = Math.max(1, ...counts.values());
    const every = Math.max(1, Math.ceil(bins.keys.length / 14));
    const outside = [before ? `${before.toLocaleString("en")} earlier` : "", after ? `${after.toLocaleString("en")} later` : ""].filter(Boolean);
    note.textContent = `By ${bins.unit} of the first day of what is named${outside.length ? "; " + outside.join(", ") : ""}. Click to filter.`;
    const plot = bins.keys.map((key) => {
      const n = counts.get(key);
      const bar = make("i", {});
      bar.style.height = n ? `max(2px, ${(100 * n) / most}%)` : "0";
      const button = make("button", {
        type: "button", class: want.bin && want.bin.key === key ? "on" : "", title: `${key}: ${counted(n, "date")}`,
        "aria-label": `${key}: ${counted(n, "date")}`, on: () => choose({ bin: { key, has: (day) => bins.key(day) === key } }),
      }, bar);
      if (!n) button.tabIndex = -1;
      return button;
    });
    const axis = bins.keys.map((key, i) => make("span", {}, i % every === 0 && i + every / 2 < bins.keys.length ? key : ""));
    byId("timeline").replaceChildren(make("div", { class: "plot" }, ...plot), make("div", { class: "axis" }, ...axis));
  }

  // --- the list of figures ----------------------------------------------------------------------------------

  let listed = [], drawn = 0;

  function ordered(shown) {
    const order = byId("order").value;
    const day = (figure) => articles[figure.a].published || "";
    const rows = [...shown];
    if (order === "newest") rows.sort((a, b) => (day(a) < day(b) ? 1 : day(a) > day(b) ? -1 : a.number - b.number));
    if (order === "oldest") rows.sort((a, b) => ((day(a) || "9999") > (day(b) || "9999") ? 1 : (day(a) || "9999") < (day(b) || "9999") ? -1 : a.number - b.number));
    if (order === "largest") {
      const often = new Map();
      for (const figure of shown) often.set(figure.currency, (often.get(figure.currency) || 0) + 1);
      rows.sort((a, b) => often.get(b.currency) - often.get(a.currency) || (a.currency || "~").localeCompare(b.currency || "~") ||
        (b.rough === null ? -1 : b.rough) - (a.rough === null ? -1 : a.rough) || a.number - b.number);
    }
    return rows;
  }

  function chips(figure) {
    const found = [];
    if (figure.kind === "change") found.push(["", figure.sign === "-" ? "fall" : figure.sign === "+" ? "rise" : "change"]);
    else if (figure.kind === "share_of") found.push(["", "base of a share"]);
    if (figure.sign === "-" && figure.kind !== "change") found.push(["", "loss"]);
    if (figure.currency_basis === "default") found.push(["", "currency by default"]);
    if (figure.currency_basis === "context") found.push(["", "currency by context"]);
    if (!figure.currency && figure.currency_candidates) {
      const codes = figure.currency_candidates.split("|");
      found.push(["warn", codes.length > 5 ? `one of ${codes.length} currencies` : codes.join(" or ") + "?"]);
    }
    for (const flag of (figure.quality || "").split("|").filter(Boolean)) found.push(["warn", FLAGS[flag] || flag]);
    return found.map(([kind, said]) => make("span", { class: `chip ${kind}` }, said));
  }

  function card(figure) {
    const article = articles[figure.a];
    const [before, inside, after] = figure.words.map((words) => words.replace(/\s+/g, " "));
    const place = article.text !== null
      ? make("a", { href: link(figure), class: "place" }, "in its place")
      : null;
    return make("article", { class: "figure" },
      make("div", {}, make("div", { class: "amount" }, inside), make("div", { class: "value" }, valueOf(figure)), ...chips(figure)),
      make("div", {},
        make("p", {}, before, make("mark", { class: "money" }, inside), after),
        make("p", { class: "from" }, nameOf(article), article.published ? `, ${article.published}` : "", place ? " – " : "", place)));
  }

  function drawMore() {
    const next = listed.slice(drawn, drawn + PAGE);
    byId("figures").append(...next.map(card));
    drawn += next.length;
    const left = listed.length - drawn;
    byId("more").hidden = left === 0;
    byId("more").textContent = `Show ${Math.min(PAGE, left)} of ${left.toLocaleString("en")} more`;
  }

  // --- all of it ---------------------------------------------------------------------------------------------

  function draw() {
    const want = wanted();
    const active = isActive(want);
    const shown = active ? figures.filter((figure) => fits(figure, want)) : figures;
    const ofArticles = active ? [...new Set(shown.map((figure) => figure.a))].map((a) => articles[a]) : articles;
    const said = [];
    if (want.size !== null) said.push(SIZES[want.size][1]);
    if (want.bin !== null) said.push(`a date in ${want.bin.key}`);
    byId("state").textContent = active
      ? `${counted(shown.length, "figure")} of ${figures.length.toLocaleString("en")}, in ${counted(ofArticles.length, "article")}${said.length ? "; " + said.join(", ") : ""}. The charts show those articles.`
      : `All ${counted(figures.length, "figure")}.`;
    drawMatrix(shown, want);
    drawTimeline(ofArticles, want);
    const tally = (field, keep) => {
      const counts = new Map();
      for (const article of ofArticles) for (const m of article[field]) if (keep(m)) counts.set(m[2], (counts.get(m[2]) || 0) + 1);
      return counts;
    };
    drawBars("countries", "country", tally("countries", (m) => !m[3]), (n) => [countries[n][1], countries[n][0]]);
    drawBars("people", "person", tally("people", () => true), (n) => people[n]);
    listed = ordered(shown);
    drawn = 0;
    byId("figures").replaceChildren();
    drawMore();
    byId("clear").disabled = !active;
  }

  // Choosing what is chosen takes it back.
  function choose(change) {
    for (const [name, value] of Object.entries(change)) {
      if (name in chosen) {
        const same = name === "bin" ? chosen.bin && chosen.bin.key === value.key : chosen[name] === value && byId("currency").value === change.currency;
        chosen[name] = same ? null : value;
      }
    }
    if ("country" in change || "person" in change) {
      const [[name, value]] = Object.entries(change);
      byId(name).value = byId(name).value === value ? "" : value;
    }
    if ("currency" in change) {
      const alone = !("size" in change);
      if (alone) chosen.size = null;
      byId("currency").value = alone && byId("currency").value === change.currency ? "" : change.currency;
    }
    draw();
  }

  function fill(id, options) {
    byId(id).append(make("option", { value: "" }, "all"), ...options.map(([value, said]) => make("option", { value }, said)));
  }

  function fillSelects() {
    const codes = new Map();
    for (const figure of figures) codes.set(figure.currency || "?", (codes.get(figure.currency || "?") || 0) + 1);
    fill("currency", [...codes].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([code, n]) => [code, `${code === "?" ? "open" : code} (${n.toLocaleString("en")})`]));
    const named = (kind) => [...new Set(articles.flatMap((article) => [...article.named[kind]]))];
    const said = (pairs) => pairs.sort((a, b) => a[1].localeCompare(b[1], "en"));
    fill("country", said(named("country").map((n) => [n, countries[n][1]])));
    fill("person", said(named("person").map((n) => [n, people[n][0]])));
  }

  // --- an article with the figure in its place -----------------------------------------------------------------

  function marked(article, here) {
    const marks = [
      ...article.countries.map((m) => [m[0], m[1], "country", countries[m[2]].filter(Boolean).join(", ")]),
      ...article.people.map((m) => [m[0], m[1], "person", people[m[2]].filter(Boolean).join(", ")]),
      ...article.dates.map((m) => [m[0], m[1], "date", m[2] ? (m[2] === m[3] ? m[2] : `${m[2]} to ${m[3]}`) : m[4]]),
      ...figures.filter((figure) => articles[figure.a] === article).map((f) => [f.span[0], f.span[1], "money", valueOf(f), f]),
    ];
    const borders = [...new Set([0, article.text.length, ...marks.flatMap((m) => [m[0], m[1]])])].sort((a, b) => a - b);
    marks.sort((a, b) => a[0] - b[0]);
    const nodes = [];
    let open = [], next = 0;
    for (let i = 0; i + 1 < borders.length; i += 1) {
      const [at, until] = [borders[i], borders[i + 1]];
      open = open.filter((mark) => mark[1] > at);
      while (next < marks.length && marks[next][0] <= at) open.push(marks[next++]);
      const piece = article.text.slice(at, until);
      if (!open.length) {
        nodes.push(piece);
        continue;
      }
      const shortest = open.reduce((a, b) => (b[1] - b[0] < a[1] - a[0] ? b : a));
      const isHere = open.some((mark) => mark[4] && mark[4] === here);
      nodes.push(make("mark", { class: shortest[2] + (isHere ? " here" : ""), title: open.map((mark) => mark[3]).join(" / ") }, piece));
    }
    return nodes;
  }

  function follow() {
    let wantedId = "";
    try { wantedId = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const figure = wantedId && figures.find((f) => `${articles[f.a].id}#${f.id}` === wantedId);
    const dialog = byId("article");
    if (!figure || articles[figure.a].text === null) {
      if (dialog.open) dialog.close();
      return;
    }
    const article = articles[figure.a];
    byId("article-title").textContent = nameOf(article);
    byId("article-about").textContent = [
      article.title ? article.id : "", article.published ? `published ${article.published} (${article.basis})` : "publication date unknown",
    ].filter(Boolean).join(", ");
    byId("article-text").replaceChildren(...marked(article, figure));
    if (!dialog.open) dialog.showModal();
    const here = dialog.querySelector("mark.here");
    if (here) here.scrollIntoView({ block: "center" });
  }

  function drawIssues() {
    if (!issues.length) return;
    const shown = issues.slice(0, 200);
    byId("issues").hidden = false;
    byId("issues").append(make("details", {},
      make("summary", {}, make("b", {}, counted(issues.length, "issue"))),
      make("table", {}, make("tbody", {}, ...shown.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, cell || "")))))),
      issues.length > shown.length ? make("p", { class: "note" }, `and ${issues.length - shown.length} more, see the table`) : null));
  }

  // --- go ----------------------------------------------------------------------------------------------------

  let waiting = 0;
  byId("filters").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(draw, 120); });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => { chosen.size = null; chosen.bin = null; setTimeout(draw); });
  byId("order").addEventListener("change", draw);
  byId("more").addEventListener("click", drawMore);
  byId("close").addEventListener("click", () => byId("article").close());
  byId("article").addEventListener("close", () => history.replaceState(null, "", location.pathname + location.search));
  byId("article").addEventListener("click", (event) => { if (event.target === byId("article")) byId("article").close(); });
  window.addEventListener("hashchange", follow);
  byId("foot").textContent = `Made by newsledger${data.version ? " " + data.version : ""}. What was found in the articles is not checked against other sources.`;
  drawTiles();
  fillSelects();
  drawIssues();
  draw();
  follow();
  document.documentElement.dataset.ready = "yes";
})();
