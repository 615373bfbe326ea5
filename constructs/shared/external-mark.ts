/** Type of the metadata of a construct that uses objects of the cluster, and what their names in `construct-metadata.json` begin with. */
export const EXTERNAL = 'cdk8s-kubevirt:external';
