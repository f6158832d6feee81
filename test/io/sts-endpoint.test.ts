import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { stsEndpoint } from '../../src/io/sts-endpoint';
import { TsawsumeError } from '../../src/errors';

/** Of every partition some, one that nobody has heard of, and the one for all. */
const REGIONS = [
  'us-east-1',
  'eu-central-2',
  'ap-southeast-7',
  'mx-central-1',
  'cn-north-1',
  'cn-northwest-1',
  'us-gov-west-1',
  'us-gov-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'eusc-de-east-1',
  'xx-nowhere-9',
  'aws-global',
];
const YES_NO = [false, true];
const CASES = REGIONS.flatMap((region) =>
  YES_NO.flatMap((fips) => YES_NO.map((dualstack) => ({ region, fips, dualstack }))),
);

/** The rules of AWS's own client: undefined where they refuse. */
function ruled({ region, fips, dualstack }: (typeof CASES)[number]): string | undefined {
  const { endpointProvider } = new STSClient({ region }).config;
  try {
    return endpointProvider({
      Region: region,
      UseFIPS: fips,
      UseDualStack: dualstack,
      UseGlobalEndpoint: false,
    }).url.href;
  } catch {
    return undefined;
  }
}

function ours({ region, fips, dualstack }: (typeof CASES)[number]): string | undefined {
  try {
    const target = {
      region: { value: region, from: '--region' },
      endpoint: undefined,
      caBundle: undefined,
      fips,
      dualstack,
    };
    return stsEndpoint(target).href;
  } catch (error) {
    expect(error).toBeInstanceOf(TsawsumeError);
    return undefined;
  }
}

describe('where STS is', () => {
  it.each(CASES)("is where AWS's own rules say: $region, FIPS $fips, dual-stack $dualstack", (one) => {
    expect(ours(one)).toBe(ruled(one));
  });
});
