import { usage } from '../errors';
import type { Plan } from './plan';
import { lifetimeSeconds } from './plan';

/** The two hosts of a partition's console: where one signs in, and where one arrives. */
interface Hosts {
  readonly signin: string;
  readonly console: string;
}

/**
 * From the endpoint rules of AWS's own sign-in client (`{Region}.signin.…`) and, for the console, from the same
 * domains; IAM User Guide, "Enable custom identity broker access to the AWS console".
 */
const HOSTS: Readonly<Record<string, Hosts>> = {
  aws: { signin: 'signin.aws.amazon.com', console: 'console.aws.amazon.com' },
  'aws-cn': { signin: 'signin.amazonaws.cn', console: 'console.amazonaws.cn' },
  'aws-us-gov': { signin: 'signin.amazonaws-us-gov.com', console: 'console.amazonaws-us-gov.com' },
  'aws-eusc': { signin: 'signin.amazonaws-eusc.eu', console: 'console.amazonaws-eusc.eu' },
  'aws-iso': { signin: 'signin.c2shome.ic.gov', console: 'console.c2shome.ic.gov' },
  'aws-iso-b': { signin: 'signin.sc2shome.sgov.gov', console: 'console.sc2shome.sgov.gov' },
  'aws-iso-e': { signin: 'signin.csphome.adc-e.uk', console: 'console.csphome.adc-e.uk' },
  'aws-iso-f': { signin: 'signin.csphome.hci.ic.gov', console: 'console.csphome.hci.ic.gov' },
};

/** The regions whose sign-in host has no region in its name: each partition's first of old. */
const UNPREFIXED = new Set(['us-east-1', 'cn-north-1', 'us-gov-west-1']);

/** Throws `usage` for a partition that is not known: nobody's keys go to a host that was guessed. */
function hostsOf(partition: string): Hosts {
  const hosts = Object.hasOwn(HOSTS, partition) ? HOSTS[partition] : undefined;
  if (hosts !== undefined) return hosts;
  throw usage(`the console of partition ${partition} is not known`, 'sign in to it in the browser');
}

/** Where keys are changed for a sign-in token: a URL without `/federation`. */
export function signinEndpoint(partition: string, region: string): string {
  const { signin } = hostsOf(partition);
  return `https://${UNPREFIXED.has(region) ? '' : `${region}.`}${signin}`;
}

/** Services whose page in the console is called otherwise than the service. */
const PAGES: Readonly<Record<string, string>> = {
  '': 'console/home',
  apigateway: 'apigateway/main/apis',
  athena: 'athena/home',
  billing: 'costmanagement/home',
  cfn: 'cloudformation/home',
  cloudfront: 'cloudfront/v4/home',
  cloudtrail: 'cloudtrailv2/home',
  codebuild: 'codesuite/codebuild/projects',
  codecommit: 'codesuite/codecommit/repositories',
  codedeploy: 'codesuite/codedeploy/applications',
  codepipeline: 'codesuite/codepipeline/pipelines',
  cw: 'cloudwatch/home',
  ddb: 'dynamodbv2/home',
  dynamodb: 'dynamodbv2/home',
  ec2: 'ec2/home',
  ecr: 'ecr/repositories',
  ecs: 'ecs/v2/home',
  eks: 'eks/home',
  iam: 'iamv2/home',
  lambda: 'lambda/home',
  logs: 'cloudwatch/home',
  opensearch: 'aos/home',
  rds: 'rds/home',
  redshift: 'redshiftv2/home',
  route53: 'route53/v2/home',
  s3: 's3/home',
  secretsmanager: 'secretsmanager/home',
  sfn: 'states/home',
  sns: 'sns/v3/home',
  sqs: 'sqs/v3/home',
  ssm: 'systems-manager/home',
  stepfunctions: 'states/home',
  sso: 'singlesignon/home',
  vpc: 'vpcconsole/home',
};

/** The page to arrive at. A service that is not in the table is taken for the name of its page. */
export function destination(partition: string, region: string, service = ''): string {
  const name = service.toLowerCase();
  if (!/^[a-z0-9-]*$/.test(name))
    throw usage('--service is no service of the console', 'write it as s3, ec2, lambda, cloudformation…');
  const page = (Object.hasOwn(PAGES, name) ? PAGES[name] : undefined) ?? `${name}/home`;
  return `https://${region}.${hostsOf(partition).console}/${page}?region=${region}`;
}

/** The link that signs in: good for a quarter of an hour, and a secret for as long. */
export const loginLink = (endpoint: string, token: string, arriveAt: string): string =>
  `${endpoint.replace(/\/$/, '')}/federation?${new URLSearchParams({
    Action: 'login',
    Issuer: 'tsawsume',
    Destination: arriveAt,
    SigninToken: token,
  }).toString()}`;

/**
 * Seconds to ask for the console's session: only a role that long-lived keys assumed may; after chaining and for
 * GetFederationToken AWS refuses the wish (same guide, SessionDuration).
 */
export function consoleSeconds({ steps }: Plan): number | undefined {
  const [root, role] = steps;
  if (steps.length !== 2 || root.kind !== 'root' || role?.kind !== 'assume-role') return undefined;
  const longLived = root.root.by === 'keys' && !root.root.temporary;
  return longLived ? lifetimeSeconds(role) : undefined;
}

/** Of a user's name and the profile's: 2–32 characters of STS's alphabet (GetFederationToken, Name). */
export function federatedName(profile: string): string {
  const clean = profile.replace(/[^\w+=,.@-]/g, '-').slice(0, 32);
  return clean.length < 2 ? `${clean}-tsawsume` : clean;
}
