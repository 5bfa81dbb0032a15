// The list of figures, and its rows as CSV.

const PAGE = 60;
let listed = [];

function ordered(shown) {
  const order = byId("order").value;
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const day = (figure, none) => articles[figure.a].published || none;
  const often = new Map();
  for (const figure of shown) often.set(figure.currency, (often.get(figure.currency) || 0) + 1);
  const orders = {
    newest: (a, b) => compare(day(b, ""), day(a, "")),
    oldest: (a, b) => compare(day(a, "9999"), day(b, "9999")),
    largest: (a, b) => often.get(b.currency) - often.get(a.currency) || compare(a.currency || "~", b.currency || "~") ||
      (b.rough === null ? -1 : b.rough) - (a.rough === null ? -1 : a.rough),
    read: () => 0,
  };
  return [...shown].sort((a, b) => orders[order](a, b) || a.number - b.number);
}

function chips(figure) {
  const found = [figure.measure_class, figure.status].filter(Boolean);
  if (figure.payer || figure.recipient) found.push(`${figure.payer || "?"} → ${figure.recipient || "?"}`);
  else if (figure.holder) found.push(`of ${figure.holder}`);
  if (figure.countable === "false") found.push("not in sums");
  if (figure.kind === "change") found.push(figure.sign === "-" ? "fall" : figure.sign === "+" ? "rise" : "change");
  else if (figure.kind === "share_of") found.push("base of a share");
  if (figure.sign === "-" && figure.kind !== "change") found.push("loss");
  if (figure.currency_basis === "default") found.push("currency by default");
  if (figure.currency_basis === "context") found.push("currency by context");
  if (figure.corrected) found.push(`corrected – ${figure.corrected}`);
  const warned = (figure.quality || "").split("|").filter(Boolean).map((flag) => data.quality[flag] || flag);
  if (!figure.currency && figure.currency_candidates) {
    const codes = figure.currency_candidates.split("|");
    warned.unshift(codes.length > 5 ? `one of ${codes.length} currencies` : codes.join(" or ") + "?");
  }
  return [
    ...found.map((said) => make("span", { class: "chip" }, said)),
    ...warned.map((said) => make("span", { class: "chip warn" }, said)),
  ];
}

function card(figure) {
  const article = articles[figure.a];
  const [before, inside, after] = figure.words;
  const place = article.text !== null
    ? make("span", { class: "screen" }, " – ", make("a", { href: "#" + encodeURIComponent(idOf(figure)), class: "place", "aria-label": `${inside} in its place` }, "in its place")) : null;
  return make("article", { class: "figure" },
    make("div", {}, make("div", { class: "amount" }, inside), make("div", { class: "value" }, figure.said), ...chips(figure)),
    make("div", {},
      make("p", {}, before, make("mark", { class: "money" }, inside), after),
      make("p", { class: "from" }, nameOf(article), article.published ? `, ${article.published}` : "", place)));
}

sections.push(function drawFigures({ shown }) {
  listed = ordered(shown);
  byId("download").textContent = `Download ${listed.length === 1 ? "this row" : `these ${grouped(listed.length)} rows`} (CSV)`;
  byId("download").disabled = !listed.length;
  leadOn({ key: "figures", box: byId("figures"), under: byId("figures-more"), rows: listed, node: card, first: PAGE, step: PAGE, anew: true });
});

// A spreadsheet runs what begins like this as a formula: such text gets an apostrophe, as in the CSV of a run.
const safe = (text) => (/^'*[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" + text : text);

const AS_IT_IS = new Set(["value_low", "value_high", "sign"]);

function csv(rows) {
  const columns = {
    figure_id: (figure) => safe(idOf(figure)),
    article_id: (figure) => safe(articles[figure.a].id),
    title: (figure) => safe(articles[figure.a].title || ""),
    published_date: (figure) => articles[figure.a].published || "",
    surface: (figure) => safe(figure.words[1]),
    ...Object.fromEntries(data.columns.map((name) => [name, (figure) => (AS_IT_IS.has(name) ? figure[name] ?? "" : safe(figure[name] ?? ""))])),
    sentence: (figure) => safe(figure.words.join("").trim()),
  };
  const quoted = (text) => (/[",\r\n]|^\s|\s$/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text);
  const lines = rows.map((figure) => Object.values(columns).map((cell) => quoted(cell(figure))).join(","));
  return [Object.keys(columns).join(","), ...lines, ""].join("\n");
}

function download() {
  // Spreadsheets know UTF-8 by the mark at the beginning.
  const address = URL.createObjectURL(new Blob(["\ufeff", csv(listed)], { type: "text/csv" }));
  make("a", { href: address, download: "figures.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
