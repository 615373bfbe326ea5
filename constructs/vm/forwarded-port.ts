import { Protocol } from 'cdk8s-plus-27';
import { isObject } from '../shared/checks';
import { listOf, oneOf, part, PropCheck, PropChecks, required, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** A port of the guest that a masquerade lets in. */
export interface ForwardedPort {
  /** Its number. */
  readonly port: number;

  /**
   * TCP or UDP.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;

  /**
   * Its name, as that of a port of a container: at most 15 lower-case letters, digits and `-`, such as `ssh`.
   *
   * @default - none
   */
  readonly name?: string;
}

/** Ports of the guest from one number to another; it needs the feature gate `PortRangesSpec`. */
export interface ForwardedPortRange {
  /** The first port. */
  readonly start: number;

  /** The last port. */
  readonly end: number;

  /**
   * TCP or UDP.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}

/** The entry of a card's `ports` or `portRanges`. */
export type RenderedPort = Readonly<Record<string, string | number | undefined>>;

const PROTOCOLS = { TCP: Protocol.TCP, UDP: Protocol.UDP };
/** Kubernetes: IsValidPortName. */
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const aPort: PropCheck = wholeNumber(1, 65535);
const PORT: PropChecks<ForwardedPort> = {
  port: required(aPort),
  protocol: oneOf(PROTOCOLS),
  name: (faults, property, value) => {
    if (typeof value === 'string' && PORT_NAME.test(value)) return;
    faults.add(property, "be at most 15 lower-case letters, digits and single '-', with a letter", value);
  },
};
const RANGE: PropChecks<ForwardedPortRange> = {
  start: required(aPort),
  end: required(aPort),
  protocol: oneOf(PROTOCOLS),
};

/** KubeVirt v1.9.0: pkg/network/admitter/netiface.go, validateForwardPortsName. */
export const forwardedPorts: PropCheck = (faults, property, value) => {
  listOf(part(PORT))(faults, property, value);
  const names = entries<ForwardedPort>(value).flatMap(({ name }) => (name === undefined ? [] : [name]));
  if (new Set(names).size < names.length) faults.add(property, 'have names that differ', names);
};

/** KubeVirt v1.9.0: pkg/network/admitter/netiface.go, validateForwardPortRanges. */
export const forwardedPortRanges: PropCheck = (faults, property, value) => {
  const before = faults.count;
  listOf(part(RANGE))(faults, property, value);
  if (faults.count > before) return;
  const ranges = entries<ForwardedPortRange>(value);
  if (ranges.length > 10) faults.add(property, 'have at most 10 ranges', ranges.length);
  ranges.forEach(({ start, end }, index) => {
    if (end < start) faults.add(`${property}[${index}].end`, `be at least 'start' (${start})`, end);
  });
  checkOverlaps(faults, property, ranges);
};

export function renderPort({ port, protocol = Protocol.TCP, name }: ForwardedPort): RenderedPort {
  return { port, protocol, name };
}

export function renderRange({ start, end, protocol = Protocol.TCP }: ForwardedPortRange): RenderedPort {
  return { start, end, protocol };
}

function checkOverlaps(faults: Faults, property: string, ranges: readonly ForwardedPortRange[]): void {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  for (const [index, { start, end, protocol = Protocol.TCP }] of sorted.entries()) {
    const next = sorted.slice(index + 1).find((other) => (other.protocol ?? Protocol.TCP) === protocol);
    if (next !== undefined && next.start <= end) {
      faults.add(property, 'not overlap', `${start}-${end} and ${next.start}-${next.end}`);
    }
  }
}

function entries<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value.filter((entry) => isObject(entry)) as T[]) : [];
}
