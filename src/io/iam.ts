import {
  IAMClient,
  ListMFADevicesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  type Role,
} from '@aws-sdk/client-iam';
import type { StsTarget } from '../core/plan';
import type { Iam, ListedRole } from '../core/ports';
import type { Session } from '../core/session';
import type { AwsCaller } from './aws-caller';
import { sdkSettings } from './sdk-settings';

/** IAM by AWS's own client, on STS's way. */
export function openIam(caller: AwsCaller): Iam {
  const call = <T>(
    signer: Session,
    target: StsTarget,
    action: string,
    send: (client: IAMClient) => Promise<T>,
  ): Promise<T> =>
    caller.call(
      { service: 'IAM', action, signer, target, oneTime: false },
      (settings) => new IAMClient(sdkSettings(settings)),
      send,
    );

  return {
    async listRoles(signer, target) {
      const found: ListedRole[] = [];
      let marker: string | undefined;
      do {
        const command = new ListRolesCommand({ Marker: marker });
        const page = await call(signer, target, 'ListRoles', (client) => client.send(command));
        found.push(...(page.Roles ?? []).map(listed));
        marker = page.IsTruncated === true ? page.Marker : undefined;
      } while (marker !== undefined);
      return found;
    },
    async listMfaDevices(signer, target) {
      // A user has eight at most (IAM quotas), and a page holds a hundred.
      const { MFADevices } = await call(signer, target, 'ListMFADevices', (client) =>
        client.send(new ListMFADevicesCommand({})),
      );
      return (MFADevices ?? []).flatMap(({ SerialNumber }) => SerialNumber ?? []);
    },
    async putRolePolicy(signer, target, { roleName, policyName, document }) {
      const command = new PutRolePolicyCommand({
        RoleName: roleName,
        PolicyName: policyName,
        PolicyDocument: document,
      });
      await call(signer, target, 'PutRolePolicy', (client) => client.send(command));
    },
  };
}

const listed = ({ Arn, RoleName, AssumeRolePolicyDocument, MaxSessionDuration }: Role): ListedRole => ({
  arn: Arn ?? '',
  name: RoleName ?? '',
  trust: decoded(AssumeRolePolicyDocument ?? ''),
  maxSessionSeconds: MaxSessionDuration ?? 3600,
});

/** IAM sends documents percent-encoded (RFC 3986). */
function decoded(text: string): unknown {
  try {
    const document: unknown = JSON.parse(decodeURIComponent(text));
    return document;
  } catch {
    return undefined;
  }
}
