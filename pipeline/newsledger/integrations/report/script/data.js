// The data of the run, what is derived of each figure, and small things that all parts use. Text from articles
// only ever becomes text nodes, never markup.

const data = JSON.parse(document.getElementById("data").textContent);
const { articles, figures, countries, people, issues } = data;
const byId = (id) => document.getElementById(id);

// What is drawn anew when a filter changes: functions of { want, active, shown, ofArticles }.
const sections = [];

const SIZES = [
  ["< 1k", "less than a thousand", 0, 1e3],
  ["k", "thousands", 1e3, 1e6],
  ["m", "millions", 1e6, 1e9],
  ["bn", "billions", 1e9, 1e12],
  ["tn", "trillions and more", 1e12, Infinity],
  ["?", "no number", null, null],
];

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

const grouped = (n) => n.toLocaleString("en");
const counted = (n, one, many) => `${grouped(n)} ${n === 1 ? one : many || one + "s"}`;

function tally(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
}

const drawnOf = {};

// Puts the first rows into a box, and under it the buttons that show the rest. How many were asked for is kept
// while filters change, unless `anew`.
function leadOn({ key, box, under, rows, node, first, step, anew }) {
  const more = make("button", { type: "button", "data-key": `${key} more`, on: () => show(drawn + step) });
  const all = make("button", { type: "button", "data-key": `${key} all`, on: () => show(rows.length) }, `Show all ${grouped(rows.length)}`);
  const said = make("span", { class: "paper" });
  let drawn = 0;
  const draw = (until) => {
    const nodes = rows.slice(drawn, until).map(node);
    box.append(...nodes);
    drawn = drawnOf[key] = drawn + nodes.length;
    const left = rows.length - drawn;
    more.hidden = left === 0;
    all.hidden = left <= step;
    said.textContent = left ? `${grouped(drawn)} of ${grouped(rows.length)}` : "";
    more.textContent = left > step ? `Show ${step} of ${grouped(left)} more` : `Show ${grouped(left)} more`;
    return nodes[0];
  };
  const show = (until) => {
    const node = draw(until);
    const target = node && node.querySelector("button, a");
    if (target) target.focus();
  };
  box.replaceChildren();
  under.replaceChildren(more, " ", all, said);
  under.className = "more";
  draw(anew ? first : Math.max(first, drawnOf[key] || 0));
}

// Amounts are text of any length; as numbers they serve only for order, size and filters.
function roughly(figure) {
  const amount = figure.value_low !== undefined ? figure.value_low : figure.value_high;
  return amount === undefined ? null : Math.abs(Number(amount));
}

const nameOf = (article) => article.title || article.id;
const idOf = (figure) => `${articles[figure.a].id}#${figure.id}`;

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
  figure.size = figure.rough === null ? SIZES.length - 1 : SIZES.findIndex(([, , least, most]) => figure.rough >= least && figure.rough < most);
  figure.words = (figure.words || [
    article.text.slice(first, figure.span[0]),
    article.text.slice(figure.span[0], figure.span[1]),
    article.text.slice(figure.span[1], last),
  ]).map((words) => words.replace(/\s+/g, " "));
  figure.text = `${figure.words.join("")} ${nameOf(article)}`.replace(/\s+/g, " ").toLowerCase();
  figure.named = {
    country: new Set(article.countries.filter((m) => !m[3] && inside(m)).map((m) => m[2])),
    person: new Set(article.people.filter(inside).map((m) => m[2])),
    dates: article.dates.filter(inside),
  };
});
