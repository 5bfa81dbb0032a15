// Who is said to be what; not shown while no article states a role.

const hasRoles = articles.some((article) => article.roles.length);
for (const node of document.querySelectorAll(".of-roles")) node.hidden = !hasRoles;

sections.push(function drawRoles({ ofArticles, want }) {
  if (!hasRoles) return;
  const counts = new Map();
  for (const article of ofArticles) {
    for (const key of new Set(article.roles.map((role) => JSON.stringify(role)))) counts.set(key, (counts.get(key) || 0) + 1);
  }
  const rows = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const line = ([key, n]) => {
    const [number, role, of, status] = JSON.parse(key);
    const [name] = people[number];
    return make("tr", {},
      make("td", {}, chartButton(`roles ${key}`, want.person === String(number), name, () => choose({ person: String(number) }), name)),
      ...[role, of, status].map((said) => make("td", {}, said)), make("td", { class: "number" }, grouped(n)));
  };
  const head = ["who", "role", "of", "status", "articles"].map((name, i) => make("th", { scope: "col", class: i > 3 ? "number" : null }, name));
  const body = make("tbody", {}), under = make("p", {});
  byId("roles").replaceChildren(
    make("table", { "aria-labelledby": "roles-title" }, make("thead", {}, make("tr", {}, ...head)), body), under);
  leadOn({ key: "roles", box: body, under, rows, node: line, first: TOP, step: 50 });
});
