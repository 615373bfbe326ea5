import { has, listIn, numberIn, textIn } from '../../manifests/json';
import { Json, Note, Rule } from '../../rule';
import { EVERY_HOLDER } from '../shared/holders';
import { topic } from '../shared/topic';
import { listGate, must, mustBeOneOf, needsGate, show } from '../shared/wording';
import { cite, DEVICES, each, gated, Machine, MachineCheck } from './machine';

const FILE = 'pkg/network/admitter/netiface.go';
const INTERFACES = `${DEVICES}.interfaces`;
const GATE = 'PortRangesSpec';
const SINCE = 'v1.9.0';
const PROTOCOLS = ['TCP', 'UDP'];
const MOST = 10;
const LARGEST_PORT = 65535;

/** The ranges of ports that an interface forwards. */
export const PORT_RANGE_RULES: readonly Rule<Machine>[] = topic<Machine>(
  { kinds: EVERY_HOLDER, about: ['portRanges'] },
  [
    {
      id: 'port-ranges-gate',
      since: SINCE,
      sentence: 'Ranges of ports are given while their feature gate is on.',
      source: cite(FILE, 'validatePortRangesConfiguration'),
      check: each('interfaces', (entry, index, note, machine) => {
        if (!has(entry, 'portRanges') || gated(machine, GATE)) return;
        const serverField = `${INTERFACES}[${index}].name`;
        note(`${INTERFACES}[${index}].portRanges`, needsGate('portRanges', GATE), listGate(GATE), serverField);
      }),
    },
    {
      id: 'port-ranges-exclusive',
      since: SINCE,
      sentence: 'An interface has ports or ranges of them, not both.',
      source: cite(FILE, 'validatePortRangeMutualExclusivity'),
      check: onPodNetwork((entry, path, note) => {
        if (!has(entry, 'ports')) return;
        const message = must('portRanges', "stand without 'ports'", listIn(entry, 'portRanges'));
        note(`${path}.portRanges`, message, 'write a port as a range of one', `${path}.name`);
      }),
    },
    {
      id: 'port-ranges-masquerade',
      since: SINCE,
      sentence: 'Ranges of ports are those of a masquerade interface.',
      source: cite(FILE, 'validatePortRangeMasqueradeOnly'),
      check: onPodNetwork((entry, path, note) => {
        if (has(entry, 'masquerade')) return;
        const message = "'portRanges' must stand on an interface with 'masquerade'";
        note(`${path}.portRanges`, message, "use 'masquerade: {}'", `${path}.name`);
      }),
    },
    {
      id: 'port-ranges-count',
      since: SINCE,
      sentence: `An interface has at most ${MOST} ranges of ports.`,
      source: cite(FILE, 'validateForwardPortRanges'),
      check: onPodNetwork((entry, path, note) => {
        const { length } = listIn(entry, 'portRanges');
        if (length > MOST) note(`${path}.portRanges`, `'portRanges' must have at most ${MOST} entries, got ${length}`);
      }),
    },
    {
      id: 'port-ranges-protocol',
      since: SINCE,
      sentence: 'The protocol of a range of ports is TCP or UDP.',
      source: cite(FILE, 'validateForwardPortRanges'),
      check: eachRange((range, path, note) => {
        const protocol = textIn(range, 'protocol');
        if (!PROTOCOLS.includes(protocol)) note(`${path}.protocol`, mustBeOneOf('protocol', PROTOCOLS, protocol));
      }),
    },
    {
      id: 'port-ranges-port',
      since: SINCE,
      sentence: `The ends of a range of ports are 1 to ${LARGEST_PORT}, the start first.`,
      source: cite(FILE, 'validateForwardPortRanges'),
      check: eachRange((range, path, note) => {
        if (!PROTOCOLS.includes(textIn(range, 'protocol'))) return;
        const wrong = ['start', 'end'].find((key) => !isPort(numberIn(range, key)));
        if (wrong !== undefined) note(`${path}.${wrong}`, must(wrong, `be 1 to ${LARGEST_PORT}`, range[wrong]));
        else if (numberIn(range, 'start') > numberIn(range, 'end')) {
          note(`${path}.start`, must('start', `be at most 'end', which is ${show(range.end)}`, range.start));
        }
      }),
    },
    {
      id: 'port-ranges-overlap',
      since: SINCE,
      sentence: 'Ranges of ports of one protocol do not overlap.',
      source: cite(FILE, 'validateForwardPortRangesOverlaps'),
      check: onPodNetwork((entry, path, note) => {
        const ranges = listIn(entry, 'portRanges');
        if (ranges.length > MOST) return;
        for (const protocol of PROTOCOLS) {
          const own = ranges
            .filter((range) => textIn(range, 'protocol') === protocol && isRange(range))
            .sort((a, b) => numberIn(a, 'start') - numberIn(b, 'start') || numberIn(a, 'end') - numberIn(b, 'end'));
          own.forEach((range, index) => {
            const before = own[index - 1];
            if (before === undefined || numberIn(range, 'start') > numberIn(before, 'end')) return;
            const both = [before, range].map(({ start, end }) => `${show(start)} to ${show(end)}`);
            note(`${path}.portRanges`, `'portRanges' of ${protocol} must not overlap, got ${both.join(' and ')}`);
          });
        }
      }),
    },
  ],
);

/** What the ranges of an interface on the pod network say, once they are allowed at all. */
function onPodNetwork(check: (entry: Json, path: string, note: Note) => void): MachineCheck {
  return each('interfaces', (entry, index, note, machine) => {
    if (!has(entry, 'portRanges') || !gated(machine, GATE)) return;
    if (has(machine.networksByName.get(textIn(entry, 'name')), 'pod')) check(entry, `${INTERFACES}[${index}]`, note);
  });
}

function eachRange(check: (range: Json, path: string, note: Note) => void): MachineCheck {
  return onPodNetwork((entry, path, note) => {
    const ranges = listIn(entry, 'portRanges');
    if (ranges.length > MOST) return;
    ranges.forEach((range, index) => check(range, `${path}.portRanges[${index}]`, note));
  });
}

function isPort(port: number): boolean {
  return port > 0 && port <= LARGEST_PORT;
}

function isRange(range: Json): boolean {
  const [start, end] = [numberIn(range, 'start'), numberIn(range, 'end')];
  return isPort(start) && isPort(end) && start <= end;
}
