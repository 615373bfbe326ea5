/**
 * The file that says an option: `cdk8s-kubevirt.yaml` of `cdk8s-kubevirt.yaml (accept, closed)`; undefined if the command line
 * or nobody says it.
 */
export function fileOfOption(sources: readonly string[] | undefined, option: string): string | undefined {
  for (const source of sources ?? []) {
    const [, file, options = ''] = /^(.*) \(([^()]*)\)$/.exec(source) ?? [];
    if (options.split(', ').includes(option)) return file;
  }
  return undefined;
}
