'use strict';
(() => {
  const SVG = 'http://www.w3.org/2000/svg';
  /** Before a click opens more. */
  const MOST = 60;
  /** How many a click opens of what a box holds. */
  const STEP = 40;

  theme();
  document.querySelectorAll('section table').forEach(tools);
  const data = document.getElementById('graph-data');
  if (data !== null) picture(JSON.parse(data.textContent));

  function theme() {
    const root = document.documentElement;
    const button = document.getElementById('theme');
    const isDark = () => {
      if (root.dataset.theme !== undefined) return root.dataset.theme === 'dark';
      return matchMedia('(prefers-color-scheme: dark)').matches;
    };
    const name = () => (button.textContent = isDark() ? 'Light colours' : 'Dark colours');
    button.hidden = false;
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      name();
    });
    name();
  }

  function tools(table) {
    const section = table.closest('section');
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const words = rows.map((row) => row.textContent.toLowerCase());
    const input = section.querySelector('input');
    const status = section.querySelector('[role=status]');
    const all = status.textContent;
    input.addEventListener('input', () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !wanted.every((word) => words[index].includes(word));
        if (!row.hidden) shown += 1;
      });
      status.textContent = wanted.length === 0 ? all : `${shown} of ${all}`;
    });
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) =>
      head.firstElementChild.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        heads.forEach((other) => other.setAttribute('aria-sort', 'none'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const sorted = rows.slice().sort((one, other) => compare(one.cells[column], other.cells[column]));
        body.append(...(down ? sorted.reverse() : sorted));
      }),
    );
  }

  function compare(one, other) {
    const [a, b] = [one.dataset.sort, other.dataset.sort];
    if (a !== undefined && b !== undefined) return Number(a) - Number(b);
    return one.textContent.localeCompare(other.textContent, 'en', { numeric: true });
  }

  function picture({ nodes, edges }) {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    /** How many members of a namespace are shown; 0: it is one box. */
    const open = new Map();
    const members = new Map();
    for (const node of nodes) {
      if (node.parent === undefined) continue;
      if (!members.has(node.parent)) members.set(node.parent, []);
      members.get(node.parent).push(node);
    }
    const tops = nodes.filter(({ kind }) => kind === 'namespace');
    const classes = nodes.filter(({ kind }) => kind === 'class');
    const inNamespaces = nodes.length - tops.length;
    if (inNamespaces <= MOST) for (const { id } of tops) open.set(id, Infinity);
    /** How many namespaces are shown before the box that holds the rest. */
    let shownTops = Math.max(1, Math.min(tops.length, MOST - Math.min(classes.length, MOST / 2) - 1));
    const shownClasses = classes.slice(0, Math.max(1, MOST / 2));
    draw();

    function visible() {
      const boxes = [];
      for (const top of tops.slice(0, shownTops)) {
        const own = members.get(top.id) ?? [];
        const count = open.get(top.id) ?? 0;
        if (count === 0) {
          boxes.push({
            ...top,
            label: `${top.label} (${own.filter(({ kind }) => kind === 'vm').length} VMs)`,
            opens: top.id,
          });
          continue;
        }
        boxes.push(...own.slice(0, count));
        if (own.length > count) {
          boxes.push({
            id: `more ${top.id}`,
            kind: 'more',
            label: `${own.length - count} more in ${top.label}`,
            opens: top.id,
          });
        }
      }
      const rest = tops.length - shownTops;
      if (rest > 0) boxes.push({ id: 'more', kind: 'more', label: `${rest} more namespaces`, opens: '' });
      return [...boxes, ...shownClasses];
    }

    /** The box that shows a node: itself, or that of its namespace. */
    function shownAs(id, shown) {
      if (shown.has(id)) return id;
      const { parent } = byId.get(id) ?? {};
      if (parent === undefined) return undefined;
      if (shown.has(parent)) return parent;
      if (shown.has(`more ${parent}`)) return `more ${parent}`;
      return shown.has('more') ? 'more' : undefined;
    }

    function draw(focus) {
      const boxes = visible();
      const [width, height, gap, row] = [230, 26, 150, 34];
      const columns = { namespace: 0, more: 0, vm: 0, disk: 1, class: 2 };
      const used = [0, 0, 0];
      const at = new Map();
      for (const box of boxes) {
        const column = columns[box.kind];
        at.set(box.id, { x: 10 + column * (width + gap), y: 10 + used[column] * row });
        used[column] += 1;
      }
      const lines = new Set();
      for (const [from, to] of edges) {
        const [a, b] = [shownAs(from, at), shownAs(to, at)];
        if (a !== undefined && b !== undefined && a !== b) lines.add(JSON.stringify([a, b]));
      }
      const svg = element('svg', {
        width: 3 * width + 2 * gap + 20,
        height: 20 + Math.max(...used) * row,
        role: 'group',
      });
      const paths = [...lines].map((line) => {
        const [a, b] = JSON.parse(line);
        const [start, end] = [at.get(a), at.get(b)];
        const [x1, y1, x2, y2] = [start.x + width, start.y + height / 2, end.x, end.y + height / 2];
        const middle = (x1 + x2) / 2;
        // What is not opened shows its lines when it is pointed at.
        const kind = byId.get(a)?.kind === 'vm' || byId.get(a)?.kind === 'disk' ? '' : 'far';
        const path = element('path', {
          class: `edge ${kind}`,
          d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
        });
        svg.append(path);
        return { a, b, path };
      });
      for (const box of boxes) svg.append(node(box, at.get(box.id), paths, width, height));
      const holder = document.getElementById('graph');
      holder.replaceChildren(svg);
      document.getElementById('graph-status').textContent = `${boxes.length} boxes are shown.`;
      // What was pressed is gone: the picture itself takes the focus.
      if (focus !== undefined) holder.focus();
    }

    function node({ id, kind, label, weight, opens }, { x, y }, paths, width, height) {
      const group = element('g', { class: `node ${kind} ${weight ?? ''}`, transform: `translate(${x} ${y})` });
      const title = element('title', {});
      title.textContent = `${kind === 'more' ? '' : `${kind} `}${label}`;
      const box = element('rect', { width, height, rx: kind === 'disk' ? 12 : 4 });
      const words = element('text', { x: 10, y: 17 });
      words.textContent = label.length > 30 ? `${label.slice(0, 29)}…` : label;
      group.append(title, box, words);
      const near = (isNear) => {
        for (const { a, b, path } of paths) if (a === id || b === id) path.classList.toggle('near', isNear);
      };
      group.addEventListener('mouseenter', () => near(true));
      group.addEventListener('mouseleave', () => near(false));
      if (opens === undefined) return group;
      for (const [name, value] of Object.entries({ role: 'button', tabindex: 0, 'aria-label': `open ${label}` })) {
        group.setAttribute(name, value);
      }
      const openIt = () => {
        if (opens === '') shownTops += STEP;
        else open.set(opens, (open.get(opens) ?? 0) + STEP);
        draw(id);
      };
      group.addEventListener('click', openIt);
      group.addEventListener('focus', () => near(true));
      group.addEventListener('blur', () => near(false));
      group.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        openIt();
      });
      return group;
    }
  }

  function element(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }
})();
