/** What is said when help is asked for, or when a command line names no command. */
export const USAGE = `Usage: cdk8s-kubevirt check     [OPTION]... FILE|DIR|-...
       cdk8s-kubevirt inventory [OPTION]... FILE|DIR|-...

  check       what the cluster would refuse, prune, or take and not do
  inventory   which VMs and claims the manifests make, what the storage will do with them, and how much it takes

  -h, --help  this text; after a command, its options
  --version   the version of cdk8s-kubevirt
`;

const CHECK_USAGE = `Usage: cdk8s-kubevirt check [OPTION]... FILE|DIR|-...

Says what the cluster would refuse, prune, or take and not do: KubeVirt and CDI manifests in files, folders
(every .yaml, .yml and .json below them) and standard input (-). Each file is a step: what is applied together.

  --format FORMAT        table (the default), json, sarif (code scanning) or github (annotations)
  --kubevirt VERSION     release of KubeVirt whose schemas are taken  (default: v1.6.2)
  --cdi VERSION          release of CDI whose schemas are taken       (default: v1.63.1)
  --all-releases         the schemas of every other release too
  --external KIND/[NAMESPACE/]NAME
                         an object that exists without the manifests; may be repeated
  --feature-gate NAME    a gate that the cluster lists; may be repeated (default: those of a KubeVirt object);
                         a name in the wrong case is refused
  --architecture NAME    of the control plane, and of VMs that name none (default: amd64)
  --accept RULE[@KIND/[NAMESPACE/]NAME]=REASON
                         findings that are meant; may be repeated. RULE must be one that there is. An annotation of
                         the object does the same:
                         accept.cdk8s-kubevirt/RULE: REASON
  --strict               warnings count as errors
  --max-size SIZE        the largest file or stream that is read (default: 256Mi, at most 500Mi)
  -h, --help             this text
  --version              the version of cdk8s-kubevirt

  npx cdk8s synth --stdout --no-validate | cdk8s-kubevirt check -

Exit status: 0 no error found, 1 errors found, 2 something could not be read, or wrong command line.
`;

const INVENTORY_USAGE = `Usage: cdk8s-kubevirt inventory [OPTION]... FILE|DIR|-...

Counts the VMs, disks and claims of manifests in files, folders (every .yaml, .yml and .json below them) and standard
input (-): sizes by storage class and namespace, which VMs can be live-migrated, what each clone will do. What does not
follow from the manifests and from what is known of the storage is said to be unknown. Objects are taken in the order of
the files, each in its last state.

  --format FORMAT        markdown (the default), json, or csv (a row per disk); sizes are bytes in json and csv
  --storage FILE         what is known of the cluster's storage:
                         kubectl get storageclass,storageprofile,volumesnapshotclass,cdiconfig,cdi,csidriver -o yaml
  --backend CLASS=NAME   the array behind a storage class: classes of one backend can clone to each other; may be
                         repeated, beside --storage
  --max-size SIZE        the largest file or stream that is read (default: 256Mi, at most 500Mi)
  -h, --help             this text
  --version              the version of cdk8s-kubevirt

  cdk8s-kubevirt inventory --storage cluster-storage.yaml manifests/ > INVENTORY.md
  kubectl get virtualmachines,datavolumes,pvc --all-namespaces -o yaml | cdk8s-kubevirt inventory -

Exit status: 0 counted, 2 something could not be read, nothing was there to count, or wrong command line.
`;

/** The commands, and what is said of each. */
export const COMMANDS = { check: CHECK_USAGE, inventory: INVENTORY_USAGE } as const;

/** A word of the command line that says what to do. */
export type Command = keyof typeof COMMANDS;
