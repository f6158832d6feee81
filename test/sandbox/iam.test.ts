import {
  GetRolePolicyCommand,
  IAMClient,
  ListMFADevicesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Bench } from './bench';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.sandbox.close());

const iam = (user: 'alice' | 'dev', region = 'us-east-1'): IAMClient =>
  new IAMClient({
    endpoint: bench.sandbox.url,
    region,
    credentials: bench.sandbox.company.users[user].key,
    systemClockOffset: bench.now - Date.now(),
    maxAttempts: 1,
  });

it('lists a user’s own devices to who may see them', async () => {
  const { MFADevices } = await iam('alice').send(new ListMFADevicesCommand({}));
  expect(MFADevices?.map(({ SerialNumber }) => SerialNumber)).toEqual([
    'arn:aws:iam::111122223333:mfa/alice',
  ]);
  await expect(iam('dev').send(new ListMFADevicesCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});

it('is signed for in its one region', async () => {
  await expect(iam('alice', 'eu-west-1').send(new ListMFADevicesCommand({}))).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  });
});

it('keeps inline policies of roles, and refuses what is none', async () => {
  const named = { RoleName: 'reader', PolicyName: 'P' };
  await expect(iam('alice').send(new GetRolePolicyCommand(named))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
  const PolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
  await iam('alice').send(new PutRolePolicyCommand({ ...named, PolicyDocument }));
  const got = await iam('alice').send(new GetRolePolicyCommand(named));
  expect(decodeURIComponent(got.PolicyDocument ?? '')).toBe(PolicyDocument);
  await expect(
    iam('alice').send(new PutRolePolicyCommand({ ...named, PolicyDocument: '{' })),
  ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  await expect(
    iam('alice').send(new PutRolePolicyCommand({ RoleName: 'partner', PolicyName: 'P', PolicyDocument })),
  ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});
