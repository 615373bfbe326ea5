/** API group of an `apiVersion`: `kubevirt.io` of `kubevirt.io/v1`; empty for core (`v1`). */
export function apiGroup(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
