import { Duration } from 'cdk8s';
import { aDuration, aText, checkEach, PropChecks, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

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

/** What a web server of the guest is asked for. */
export interface HttpProbeOptions extends ProbeOptions {
  /**
   * Path of the page.
   *
   * @default '/'
   */
  readonly path?: string;
}

const OPTIONS: PropChecks<ProbeOptions> = {
  initialDelay: aDuration(),
  period: aDuration(1),
  timeout: aDuration(1),
  failureThreshold: wholeNumber(1),
  successThreshold: wholeNumber(1),
};
const HTTP_OPTIONS: PropChecks<HttpProbeOptions> = { ...OPTIONS, path: aText };

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
    const { path, ...others } = options;
    return new GuestProbe({ httpGet: { port: { value: port }, path } }, others);
  }

  /**
   * A TCP port of the guest takes a connection.
   *
   * @param port Of the guest, 1 to 65535.
   * @throws if a value is not what it must be; all faults in one error.
   */
  public static tcpSocket(port: number, options: ProbeOptions = {}): GuestProbe {
    const faults = new Faults('GuestProbe.tcpSocket');
    wholeNumber(1, 65535)(faults, 'port', port ?? null);
    checkEach<ProbeOptions>(faults, 'options', options, OPTIONS);
    faults.refuse();
    return new GuestProbe({ tcpSocket: { port: { value: port } } }, options);
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
