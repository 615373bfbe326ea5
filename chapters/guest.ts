import { IVirtualMachine } from 'cdk8s-kubevirt';
import { virtctl } from './commands';
import { LAB } from './lab';
import { InGuest } from './runbook';

/** Commands that are typed inside a VM's guest. */
export function inGuest(vm: IVirtualMachine, ...commands: string[]): InGuest {
  return { console: virtctl('console', vm), commands };
}

/** How a reader gets into an Alpine guest. */
export const ALPINE_GUEST_LOGIN = `## The guest

A VM is Ready long before its guest is: under emulation Alpine takes about two minutes to boot, and its cloud-init some more.
\`virtctl console\` shows the guest's console; press Enter until the prompt \`alpine-vm login:\` comes. Log in as
\`${LAB.alpineLogin.user}\` with the password \`${LAB.alpineLogin.password}\`: public values, which the VM's cloud-init sets. (While the password is
refused, cloud-init is still at work.) The message of the day follows, and the prompt \`alpine-vm:~$\`. \`doas su\` makes you
root (\`#\`). Ctrl+] leaves the console.`;
