import { Dice } from './inputs';

/** A manifest with what plain YAML may have: comments, quotes, texts of several lines, lists in each place. */
export const PLAIN_MANIFEST = `--- # a comment
# another
apiVersion: kubevirt.io/v1
kind: VirtualMachine
metadata:
  name: web # behind
  annotations:
    text/one: "1"
    text/two: 'it''s'
spec:
  empty: {}
  none:
  running: yes
  size: 10Gi
  port: 8080
  mode: 0644
  time: 10:20
  command: -c
  access: [ReadWriteMany, "a b", 'c']
  folded: >-
    one
    two

    three
  script: |
    #!/bin/sh
      echo "a: b"

    exit 0
  long: words that go on
    in the next line
  disks:
  - name: a
    list:
    -   x
    - "y"
  - name: b
  volumes:
    - name: c
`;

/** What has a meaning in YAML, and characters that are read in a way of their own. */
const PIECES = [
  ...[
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\n  ',
    '\n    ',
    ' \n',
    '\t',
    '\r\n',
    '- ',
    '\n- ',
    '-',
    ': ',
    ':',
    ' #',
    '#',
    '|',
    '>',
  ],
  ...['|+', '>-', '|2', '"', "'", '{', '}', '[', ']', ',', '{a: b}', '[a, b]', '&a', '*a', '!', '!!str', '%', '@', '`'],
  ...['?', '? ', '<<: ', '\\', '\\n', '\\"', '\\u0041', '---', '\n---\n', '...', 'a', '1', '0', '.', '+', '~', 'null'],
  ...['on: ', 'name: ', 'true', 'No', '0x1f', '1e3', '0b1', '-0', '.5', '1_000', '12345678901', '2026-01-02', '='],
  ...['\u00e4', '\u6f22', '\ud83d\ude00', '\ud83d', '\ufeff', '\u2028', '\u0085', '\u00a0', '\0', '\x7f', ''],
];

/** A text with pieces of YAML put in, over or out, lines doubled, left out or indented, at some random places. */
export function changedYaml(text: string, dice: Dice): string {
  let changed = text;
  for (let left = 1 + dice.below(3); left > 0; left--) {
    changed = dice.below(4) === 0 ? withLine(changed, dice) : withPiece(changed, dice);
  }
  return changed;
}

function withPiece(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  return text.slice(0, at) + dice.one(PIECES) + text.slice(at + dice.below(dice.one([1, 3, 13])));
}

function withLine(text: string, dice: Dice): string {
  const lines = text.split('\n');
  const at = dice.below(lines.length);
  const line = lines[at] ?? '';
  const other = lines[dice.below(lines.length)] ?? '';
  lines.splice(
    at,
    1,
    ...dice.one([[], [line, line], [` ${line}`], [`  ${line}`], [line.slice(1)], [line, other], [other]]),
  );
  return lines.join('\n');
}
