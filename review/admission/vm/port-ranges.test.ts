import { Json } from '../../rule';
import { Example, testRules } from '../../testing/rule-tester';
import { PORT_RANGE_RULES } from './port-ranges';

const INTERFACE = 'spec.template.spec.domain.devices.interfaces[0]';
const RANGES = `${INTERFACE}.portRanges`;
const range = (start: number, end: number, protocol = 'TCP') => ({ start, end, protocol });
const with_ = (portRanges: readonly unknown[], more: Json = { masquerade: {} }): Json => ({
  'D.interfaces': [{ name: 'default', ...more, portRanges }],
  'T.networks': [{ name: 'default', pod: {} }],
});
const right = with_([range(80, 90), range(90, 99, 'UDP')]);
const row = (rule: string, refuses: Json, field: string, says: string, serverField = field): Example => ({
  rule,
  release: 'v1.9.0',
  cluster: { featureGates: ['PortRangesSpec'] },
  accepts: right,
  refuses,
  field,
  serverField,
  says,
});

describe('PORT_RANGE_RULES', () =>
  testRules(PORT_RANGE_RULES, [
    {
      ...row('port-ranges-gate', right, RANGES, "feature gate 'PortRangesSpec'", `${INTERFACE}.name`),
      cluster: {},
      acceptedOn: { featureGates: ['PortRangesSpec'] },
    },
    row(
      'port-ranges-exclusive',
      with_([range(80, 90)], { masquerade: {}, ports: [{ port: 22 }] }),
      RANGES,
      "stand without 'ports'",
      `${INTERFACE}.name`,
    ),
    row(
      'port-ranges-masquerade',
      with_([range(80, 90)], { bridge: {} }),
      RANGES,
      "with 'masquerade'",
      `${INTERFACE}.name`,
    ),
    row('port-ranges-count', with_(Array.from({ length: 11 }, (_, at) => range(at + 1, at + 1))), RANGES, 'got 11'),
    row('port-ranges-protocol', with_([range(80, 90, 'SCTP')]), `${RANGES}[0].protocol`, 'got "SCTP"'),
    row('port-ranges-port', with_([range(0, 90)]), `${RANGES}[0].start`, 'be 1 to 65535, got 0'),
    {
      ...row('port-ranges-port', with_([range(80, 65536)]), `${RANGES}[0].end`, 'be 1 to 65535, got 65536'),
      accepts: with_([range(1, 65535)]),
    },
    row('port-ranges-port', with_([range(90, 80)]), `${RANGES}[0].start`, "be at most 'end', which is 80, got 90"),
    ...(
      [
        [[range(80, 90), range(90, 99)], 'got 80 to 90 and 90 to 99'],
        [[range(90, 90), range(90, 90)], 'got 90 to 90 and 90 to 90'],
        [[range(85, 86), range(80, 99)], 'of TCP must not overlap, got 80 to 99 and 85 to 86'],
        [[range(80, 99), range(80, 86)], 'got 80 to 86 and 80 to 99'],
        [
          [range(1, 9), range(80, 99, 'UDP'), range(85, 86, 'UDP')],
          'of UDP must not overlap, got 80 to 99 and 85 to 86',
        ],
      ] as const
    ).map(([ranges, says]) => row('port-ranges-overlap', with_(ranges), RANGES, says)),
  ]));
