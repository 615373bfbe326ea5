import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VMS_IN_A_NAMESPACE } from '../fleet-charts';

/** Writes a chart whose template makes the fleet that the constructs made: what one machine is of is taken from there. */
export function writeChart(folder: string, fleet: string, vms: number): void {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: fleet\nversion: 0.1.0\n');
  writeFileSync(join(folder, 'values.yaml'), `vms: ${vms}\n`);
  const [namespace = ''] = readFileSync(join(fleet, 'vm-00000.k8s.yaml'), 'utf8').split('---\n');
  const machine = readFileSync(join(fleet, 'vm-00001.k8s.yaml'), 'utf8');
  const template = [
    '{{- range $index := until (int .Values.vms) }}',
    '{{- $name := printf "vm-%05d" $index }}',
    `{{- $namespace := printf "team-%d" (div $index ${VMS_IN_A_NAMESPACE}) }}`,
    `{{- if eq (mod $index ${VMS_IN_A_NAMESPACE}) 0 }}`,
    '---',
    named(namespace),
    '{{- end }}',
    '---',
    named(machine),
    '{{- end }}',
    '',
  ].join('\n');
  writeFileSync(join(folder, 'templates', 'fleet.yaml'), template);
}

function named(text: string): string {
  return text.trimEnd().replaceAll('vm-00001', '{{ $name }}').replaceAll('team-0', '{{ $namespace }}');
}
