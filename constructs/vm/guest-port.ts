import { checkServiceName } from '../shared/checks';
import { aLabelKey, checkEach, PropChecks, required, wholeNumber } from '../shared/prop-checks';
import { Faults } from '../shared/refusal';

/** How a Service offers a port of the guest. */
export interface GuestPortOptions {
  /**
   * Port of the Service, 1 to 65535.
   *
   * @default - that of the guest
   */
  readonly port?: number;

  /**
   * Port of every node, for a Service of type `NODE_PORT` or `LOAD_BALANCER`: by default the cluster takes 30000 to 32767.
   *
   * @default - the cluster chooses one
   */
  readonly nodePort?: number;

  /**
   * Protocol above TCP or UDP, as load balancers and meshes ask for it: `http`, `kubernetes.io/h2c`.
   *
   * @default - none
   */
  readonly appProtocol?: string;
}

/** The protocols of a port. */
type Protocol = 'TCP' | 'UDP';

/** A port as `ports` of a Service has it; the generated class wraps its `targetPort`. */
export interface RenderedPort {
  /** Undefined of the only port of a Service, which needs none. */
  readonly name?: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly targetPort: number;
  readonly nodePort?: number;
  readonly appProtocol?: string;
}

const OPTIONS: PropChecks<GuestPortOptions> = {
  port: wholeNumber(1, 65535),
  nodePort: wholeNumber(1, 65535),
  appProtocol: aLabelKey,
};

/**
 * A port of the guest that a Service offers, by a word or by its number.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/
 */
export class GuestPort {
  /**
   * SSH: TCP port 22 of the guest.
   *
   * @throws if an option is not what it must be.
   */
  public static ssh(options: GuestPortOptions = {}): GuestPort {
    return new GuestPort('GuestPort.ssh', 'ssh', 22, options);
  }

  /**
   * Windows' remote desktop: TCP port 3389 of the guest.
   *
   * @throws if an option is not what it must be.
   */
  public static rdp(options: GuestPortOptions = {}): GuestPort {
    return new GuestPort('GuestPort.rdp', 'rdp', 3389, options);
  }

  /**
   * Windows' remote management over HTTPS: TCP port 5986 of the guest.
   *
   * @throws if an option is not what it must be.
   */
  public static winrm(options: GuestPortOptions = {}): GuestPort {
    return new GuestPort('GuestPort.winrm', 'winrm', 5986, options);
  }

  /**
   * HTTP: TCP port 80 of the guest.
   *
   * @throws if an option is not what it must be.
   */
  public static http(options: GuestPortOptions = {}): GuestPort {
    return new GuestPort('GuestPort.http', 'http', 80, options);
  }

  /**
   * HTTPS: TCP port 443 of the guest.
   *
   * @throws if an option is not what it must be.
   */
  public static https(options: GuestPortOptions = {}): GuestPort {
    return new GuestPort('GuestPort.https', 'https', 443, options);
  }

  /**
   * A TCP port.
   *
   * @param name A DNS label that starts with a letter, such as `postgres`.
   * @param targetPort Of the guest, 1 to 65535.
   * @throws if a value is not what it must be; all faults in one error.
   */
  public static tcp(name: string, targetPort: number, options: GuestPortOptions = {}): GuestPort {
    return new GuestPort('GuestPort.tcp', name, targetPort, options);
  }

  /**
   * A UDP port.
   *
   * @param name A DNS label that starts with a letter, such as `dns`.
   * @param targetPort Of the guest, 1 to 65535.
   * @throws if a value is not what it must be; all faults in one error.
   */
  public static udp(name: string, targetPort: number, options: GuestPortOptions = {}): GuestPort {
    return new GuestPort('GuestPort.udp', name, targetPort, options, 'UDP');
  }

  /**
   * A TCP port without a name, for a Service that has no other.
   *
   * @param targetPort Of the guest, 1 to 65535.
   * @throws if a value is not what it must be; all faults in one error.
   */
  public static unnamed(targetPort: number, options: GuestPortOptions = {}): GuestPort {
    return new GuestPort('GuestPort.unnamed', undefined, targetPort, options);
  }

  private readonly options: GuestPortOptions;

  private constructor(
    factory: string,
    /** Name of the port in its Service; undefined where it is the only one and has none. */
    public readonly name: string | undefined,
    private readonly targetPort: number,
    options: GuestPortOptions,
    private readonly protocol: Protocol = 'TCP',
  ) {
    const faults = new Faults(factory);
    if (factory !== 'GuestPort.unnamed') checkServiceName(faults, 'name', name);
    required(wholeNumber(1, 65535))(faults, 'targetPort', targetPort);
    checkEach<GuestPortOptions>(faults, 'options', options, OPTIONS);
    faults.refuse();
    this.options = { ...options };
  }

  /** @internal */
  public _render(): RenderedPort {
    const { name, protocol, targetPort } = this;
    const { port = targetPort, nodePort, appProtocol } = this.options;
    return { name, protocol, port, targetPort, nodePort, appProtocol };
  }
}
