/** What the API server tells objects apart by: group, kind, namespace and name. */
export function identity(manifest: unknown): string | undefined {
  const { apiVersion, kind, metadata } = (manifest ?? {}) as Record<string, unknown>;
  const { namespace, name } = (metadata ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || typeof apiVersion !== 'string') return undefined;
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `${String(kind)}${group} '${namespace === undefined ? '' : `${String(namespace)}/`}${name}'`;
}
