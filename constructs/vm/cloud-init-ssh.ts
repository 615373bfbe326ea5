import { aBoolean, PropChecks, texts } from '../shared/prop-checks';
import { checkAuthorizedKeys, nonEmpty } from './cloud-init-text';
import { CloudYamlMap } from './cloud-init-yaml';

/**
 * Whom the guest's SSH lets in.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#ssh
 */
export interface CloudConfigSsh {
  /**
   * Public SSH keys of the image's default user, each as it is in a `.pub` file.
   *
   * @default - none
   */
  readonly sshAuthorizedKeys?: string[];

  /**
   * Whether SSH lets in by password.
   *
   * @default - as the image has it: as a rule not
   */
  readonly sshPasswordAuthentication?: boolean;

  /**
   * Whether root cannot log in by SSH.
   *
   * @default true
   */
  readonly disableRoot?: boolean;

  /**
   * SSH keys of the default user by where they are published: `gh:NAME`, `lp:NAME`.
   *
   * @default - none
   */
  readonly sshImportId?: string[];
}

/** What `CloudConfigSsh` must be. */
export const CLOUD_CONFIG_SSH: PropChecks<CloudConfigSsh> = {
  sshAuthorizedKeys: checkAuthorizedKeys,
  sshPasswordAuthentication: aBoolean,
  disableRoot: aBoolean,
  sshImportId: texts,
};

/** The part of a cloud-config that it makes. */
export function renderCloudConfigSsh(config: CloudConfigSsh): CloudYamlMap {
  return {
    ssh_authorized_keys: nonEmpty(config.sshAuthorizedKeys),
    ssh_pwauth: config.sshPasswordAuthentication,
    disable_root: config.disableRoot,
    ssh_import_id: config.sshImportId,
  };
}
