// Build the one stylesheet (stilarket) from dkfds and our own theme.
//
//   mkdir /tmp/look && cd /tmp/look
//   npm install --no-save dkfds@11.2.0 sass@1.92.0 postcss@8.5.33
//   node <repo>/tools/build_css.mjs /tmp/look
//
// Writes static/uth/uth.css, static/uth/img/*.svg (only those the stylesheet names), static/uth/icons.svg
// and static/uth/SOURCES.txt. Run tools/build_font.py first when the font changes. Nothing of npm is needed to run or test the product.
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const scratch = resolve(process.argv[2] ?? '.');
const npm = createRequire(join(scratch, 'package.json'));
const sass = npm('sass');
const postcss = npm('postcss');

const here = dirname(fileURLToPath(import.meta.url));
const dkfds = join(scratch, 'node_modules', 'dkfds');
const out = resolve(here, '..', 'src', 'uth', 'web', 'static', 'uth');

// Classes of the chosen parts that no page of ours uses. Everything else in a chosen part stays.
const UNUSED = [
  /^d-(?!print-(none|block)$)/, /^(flex|justify|align|order|float)-/, /^offset-/, /^(row-cols|g|gx|gy)-/,
  /^col-(xs|sm|xl)/, /^(no-gutters|container-fluid)$/,
  /^icon(?!-svg$|-link$)/, /^table-(sm|lg|xl)-/, /^table-(pagination|actions|selected)/, /^table--selectable$/,
  /^(displayheading|field-group-title|uppercase|lowercase|facit|figcaption|article)/,
  /^(fds-modal|modal|has-close|alert-close|step-indicator-button|button-warning-alt)/,
  /^(card-image|long|button-open-calendar|date-picker|rows-message|form-success)/,
  /^(hidden-content-wrapper|checkbox-content|radio-content|button-arrow-alt)/,
];
const unused = (selector) =>
  [...selector.matchAll(/\.((?:[\w-]|\\.)+)/g)].some(([, name]) => UNUSED.some((re) => re.test(name)));

const compiled = sass.compile(join(here, 'look', 'theme.scss'), {
  loadPaths: [join(dkfds, 'src', 'stylesheets'), join(here, 'look')],
  style: 'expanded', sourceMap: false, quietDeps: true, silenceDeprecations: ['if-function', 'import', 'global-builtin'],
  logger: sass.Logger.silent,
}).css;

const sheet = postcss.parse(compiled);
sheet.walkComments((comment) => comment.remove());
sheet.walkRules((rule) => {
  if (rule.parent.type === 'atrule' && rule.parent.name.endsWith('keyframes')) return;
  const kept = splitSelectors(rule.selector).filter((one) => !unused(one));
  if (kept.length === 0) rule.remove();
  else rule.selector = kept.join(',');
});
sheet.walkAtRules((at) => { if (at.nodes && at.nodes.length === 0) at.remove(); });

const css = sass.compileString(sheet.toString(), { style: 'compressed' }).css.replace(/^\uFEFF/, '');
mkdirSync(join(out, 'img'), { recursive: true });
writeFileSync(join(out, 'uth.css'), css + '\n');

const pictures = [...new Set([...css.matchAll(/url\("?(img\/[^")]+)"?\)/g)].map(([, path]) => path))].sort();
rmSync(join(out, 'img'), { recursive: true });
mkdirSync(join(out, 'img'));
for (const path of pictures) {
  copyFileSync(join(dkfds, 'src', 'img', 'svg-icons', path.slice(4)), join(out, path));
}

const ICONS = readFileSync(join(here, 'look', 'icons.txt'), 'utf8').split(/\s+/).filter(Boolean);
const symbols = ICONS.map((name) => {
  const svg = readFileSync(join(dkfds, 'src', 'img', 'svg-icons', `${name}.svg`), 'utf8').trim();
  const [, box, inside] = svg.match(/viewBox="([^"]+)"[^>]*>(.*)<\/svg>/s);
  return `<symbol id="${name}" viewBox="${box}">${inside}</symbol>`;
});
writeFileSync(join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`);

const version = (name) => JSON.parse(readFileSync(join(scratch, 'node_modules', name, 'package.json'))).version;
const sum = (file) => createHash('sha256').update(readFileSync(join(out, file))).digest('hex');
writeFileSync(join(out, 'SOURCES.txt'), [
  'Built by tools/build_css.mjs. Do not edit the built files by hand.',
  ...['dkfds', 'sass', 'postcss'].map((name) => `${name} ${version(name)} (npm)`),
  'font: IBM Plex Sans Regular as packed in dkfds, cut by tools/build_font.py with fonttools 4.68.0 and brotli 1.2.1, OFL-1.1',
  'icons: Google Material Symbols as packed in dkfds, Apache-2.0; dkfds styles: MIT',
  ...['uth.css', 'icons.svg', 'fonts/uth-sans-regular.woff2'].map((file) => `${sum(file)}  ${file}`), '',
].join('\n'));
console.log(`uth.css ${css.length} bytes, ${pictures.length} pictures, ${ICONS.length} icons`);

function splitSelectors(text) {
  const parts = [];
  let depth = 0, part = '';
  for (const sign of text) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === ',' && depth === 0) { parts.push(part.trim()); part = ''; } else part += sign;
  }
  return [...parts, part.trim()];
}
