import { isIPv4 } from 'node:net';
import { aText, listOf, part, PropCheck, PropChecks, required, texts, wholeNumber } from '../shared/prop-checks';

/** A DHCP option for private use. */
export interface DhcpPrivateOption {
  /** Number of the option, from 224 to 254. */
  readonly option: number;

  /** Its value. */
  readonly value: string;
}

/**
 * What KubeVirt's DHCP server tells the guest beside its address.
 *
 * @see https://kubevirt.io/user-guide/network/interfaces_and_networks/#dhcp-options
 */
export interface DhcpOptions {
  /**
   * Name of the file that the guest boots from (option 67).
   *
   * @default - none
   */
  readonly bootFileName?: string;

  /**
   * Name of the TFTP server with that file (option 66).
   *
   * @default - none
   */
  readonly tftpServerName?: string;

  /**
   * IPv4 addresses of time servers (option 42).
   *
   * @default - none
   */
  readonly ntpServers?: string[];

  /**
   * Options for private use.
   *
   * @default - none
   */
  readonly privateOptions?: DhcpPrivateOption[];
}

const OPTIONS: PropChecks<DhcpOptions> = {
  bootFileName: aText,
  tftpServerName: aText,
  ntpServers: texts,
  privateOptions: listOf(part<DhcpPrivateOption>({ option: required(wholeNumber(224, 254)), value: required(aText) })),
};

/** KubeVirt v1.9.0: pkg/network/admitter/netiface.go, validateDHCPOptions. */
export const dhcpOptions: PropCheck = (faults, property, value) => {
  const before = faults.count;
  part(OPTIONS)(faults, property, value);
  if (faults.count > before) return;
  const { ntpServers = [], privateOptions = [] } = value as DhcpOptions;
  ntpServers.forEach((server, index) => {
    if (!isIPv4(server)) faults.add(`${property}.ntpServers[${index}]`, 'be an IPv4 address', server);
  });
  const numbers = privateOptions.map(({ option }) => option);
  if (new Set(numbers).size < numbers.length)
    faults.add(`${property}.privateOptions`, 'name each option once', numbers);
};

/** The `dhcpOptions` of a card. */
export function renderDhcp({ ntpServers, privateOptions, ...names }: DhcpOptions): Record<string, unknown> {
  return {
    ...names,
    ntpServers: ntpServers && [...ntpServers],
    privateOptions: privateOptions?.map((option) => ({ ...option })),
  };
}
