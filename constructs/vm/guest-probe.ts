import { Duration } from 'cdk8s';
import { ConnectionScheme } from 'cdk8s-plus-27';
import { isObject } from '../shared/checks';
import { aDuration, aText, checkEach, oneOf, PropCheck, PropChecks, wholeNumber } from '../shared/prop-checks';
import { Faults, kindOf } from '../shared/refusal';

/** When a probe is made, and what its answers mean. */
export interface ProbeOptions {
  /**
   * How long after the start of the VM the first probe is made.
   *
   * @default - at once
   */
  readonly initialDelay?: Duration;

  /**
   * How long between two probes.
   *
   * @default - KubeVirt's own: 10 seconds
   */
  readonly period?: Duration;

  /**
   * How long an answer may take.
   *
   * @default - KubeVirt's own: 1 second
   */
  readonly timeout?: Duration;

  /**
   * How many probes in a row must fail.
   *
   * @default - KubeVirt's own: 3
   */
  readonly failureThreshold?: number;

  /**
   * How many probes in a row must succeed after one that failed; of a liveness probe 1.
   *
   * @default - KubeVirt's own: 1
   */
  readonly successThreshold?: number;
}

/** Where a probe connects to. */
export interface ConnectionProbeOptions extends ProbeOptions {
  /**
   * Host name or address that is asked.
   *
   * @default - that of the guest
   */
  readonly host?: string;
}

/** What a web server of the guest is asked for. */
export interface HttpProbeOptions extends ConnectionProbeOptions {
  /**
   * Path of the page.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Whether it is asked with TLS, whose certificate is not checked.
   *
   * @default - KubeVirt's own: ConnectionScheme.HTTP
   */
  readonly scheme?: ConnectionScheme;

  /**
   * Header lines of the request, by their names.
   *
   * @default - none
   */
  readonly headers?: { readonly [name: string]: string };
}

const OPTIONS: PropChecks<ProbeOptions> = {
  initialDelay: aDuration(),
  period: aDuration(1),
  timeout: aDuration(1),
  failureThreshold: wholeNumber(1),
  successThreshold: wholeNumber(1),
};
/** A header may hold a token, which stays out of the message. */
const headers: PropCheck = (faults, property, value) => {
  const isMap = isObject(value) && Object.values(value).every((text) => typeof text === 'string');
  if (!isMap) faults.note(`'${property}' must be an object of names and text, got ${kindOf(value)}`);
};
const TCP_OPTIONS: PropChecks<ConnectionProbeOptions> = { ...OPTIONS, host: aText };
const HTTP_OPTIONS: PropChecks<HttpProbeOptions> = {
  ...TCP_OPTIONS,
  path: aText,
  scheme: oneOf(ConnectionScheme),
  headers,
};

/**
 * How it is found out whether the guest is ready, or alive.
 *
 * @see https://kubevirt.io/user-guide/user_workloads/liveness_and_readiness_probes/
 */
export class GuestProbe {
  /**
   * A page of a web server of the guest answers.
   *
   * @param port Of the guest, 1 to 65535.
   * @throws if a value is not what it must be; all faults in one error.
   */
  public static httpGet(port: number, options: HttpProbeOptions = {}): GuestProbe {
    const faults = new Faults('GuestProbe.httpGet');
    wholeNumber(1, 65535)(faults, 'port', port ?? null);
    checkEach<HttpProbeOptions>(faults, 'options', options, HTTP_OPTIONS);
    faults.refuse();
    const { path, host, scheme, headers: lines, ...others } = options;
    const httpHeaders = lines && Object.entries(lines).map(([name, value]) => ({ name, value }));
    return new GuestProbe({ httpGet: { port: { value: port }, path, host, scheme, httpHeaders } }, others);
  }

  /**
   * A TCP port of the guest takes a connection.
   *
   * @param port Of the guest, 1 to 65535.
   * @throws if a value is not what it must be; all faults in one error.
   */
  public static tcpSocket(port: number, options: ConnectionProbeOptions = {}): GuestProbe {
    const faults = new Faults('GuestProbe.tcpSocket');
    wholeNumber(1, 65535)(faults, 'port', port ?? null);
    checkEach<ConnectionProbeOptions>(faults, 'options', options, TCP_OPTIONS);
    faults.refuse();
    const { host, ...others } = options;
    return new GuestProbe({ tcpSocket: { port: { value: port }, host } }, others);
  }

  /**
   * A command in the guest succeeds, which the guest agent runs.
   *
   * @throws if a value is not what it must be; all faults in one error.
   */
  public static exec(command: string[], options: ProbeOptions = {}): GuestProbe {
    const faults = new Faults('GuestProbe.exec');
    if (!Array.isArray(command) || command.length === 0 || command.some((word) => typeof word !== 'string')) {
      faults.add('command', 'be a list of words, the program first', command);
    }
    checkEach<ProbeOptions>(faults, 'options', options, OPTIONS);
    faults.refuse();
    return new GuestProbe({ exec: { command: [...command] } }, options);
  }

  /**
   * The guest agent answers.
   *
   * @throws if an option is not what it must be.
   */
  public static guestAgentPing(options: ProbeOptions = {}): GuestProbe {
    const faults = new Faults('GuestProbe.guestAgentPing');
    checkEach<ProbeOptions>(faults, 'options', options, OPTIONS);
    faults.refuse();
    return new GuestProbe({ guestAgentPing: {} }, options);
  }

  private readonly options: ProbeOptions;

  private constructor(
    private readonly action: Record<string, unknown>,
    options: ProbeOptions,
  ) {
    this.options = { ...options };
  }

  /**
   * Whether it reaches the guest by the pod network.
   *
   * @internal
   */
  public get _isOverNetwork(): boolean {
    return this.action.httpGet !== undefined || this.action.tcpSocket !== undefined;
  }

  /** @internal */
  public get _successThreshold(): number {
    return this.options.successThreshold ?? 1;
  }

  /** @internal */
  public _render(): Record<string, unknown> {
    const { initialDelay, period, timeout, failureThreshold, successThreshold } = this.options;
    return {
      ...this.action,
      initialDelaySeconds: initialDelay?.toSeconds(),
      periodSeconds: period?.toSeconds(),
      timeoutSeconds: timeout?.toSeconds(),
      failureThreshold,
      successThreshold,
    };
  }
}
