// A page of the documentation, as a terminal shows it.
import t from 'tap';
import { getSection, getSummary, showPage } from '../../../src/report/shared/page.js';
import { makePaint } from '../../../src/report/shared/paint.js';

const PAGE = `# dropped

The **first** of **two** words, with [a link](other.md#part) and [another](x).
Its second line.

## What to do

\`\`\`
# not a heading
  **as it is** [a](b)

\`\`\`

### In detail

A detail.

## What to do not
`;

t.test('headings and emphasis are bold, code is indented, a link is its text', async (t) => {
  const paint = { ...makePaint(false), bold: (text: string) => `<${text}>` };
  t.equal(
    showPage(`\n${PAGE}\n`, paint),
    `<# dropped>

The <first> of <two> words, with a link and another.
Its second line.

<## What to do>

    # not a heading
      **as it is** [a](b)


<### In detail>

A detail.

<## What to do not>
`,
  );
});

t.test('a section ends at the next heading of its level or above', async (t) => {
  const page = PAGE.replace(/```[^`]*```/, 'Do it.');
  t.equal(getSection(page, 'In detail'), '### In detail\n\nA detail.\n');
  t.equal(getSection(page, 'What to do'), '## What to do\n\nDo it.\n\n### In detail\n\nA detail.\n');
  t.equal(getSection(page, 'dropped'), page);
  t.equal(getSection(page, 'What to do not'), '## What to do not\n');
  t.equal(getSection(page, 'detail'), '', 'no heading has only this');
  t.equal(getSection(page, 'A detail.'), '', 'text is no heading');
});

t.test('the summary is the first line of text', async (t) => {
  t.equal(getSummary('# a\n\n## b\n\ntext\nmore\n'), 'text');
  t.equal(getSummary('# a\n'), '');
});
