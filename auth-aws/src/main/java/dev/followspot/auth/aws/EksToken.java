package dev.followspot.auth.aws;

import dev.followspot.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.endpoints.AwsEndpointAttribute;
import software.amazon.awssdk.awscore.endpoints.authscheme.SigV4AuthScheme;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/** Signs the request that a cluster sends to STS to learn who we are. */
final class EksToken {

  /** How long the cluster takes a token: 15 minutes from its signature, less one for clocks. */
  static final Duration LIFE = Duration.ofMinutes(14);

  private static final String PREFIX = "k8s-aws-v1.";

  /** What AWS's own clients ask for; clusters count {@link #LIFE} instead. */
  private static final Duration EXPIRES = Duration.ofSeconds(60);

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final Clock clock;
  private final String host;
  private final String signingRegion;

  EksToken(String region, Clock clock) {
    this.clock = clock;
    Endpoint endpoint =
        StsEndpointProvider.defaultProvider()
            .resolveEndpoint(params -> params.region(Region.of(region)).useGlobalEndpoint(false))
            .join();
    host = endpoint.endpointUrl().host();
    signingRegion =
        Optional.ofNullable(endpoint.attribute(AwsEndpointAttribute.AUTH_SCHEMES)).stream()
            .flatMap(List::stream)
            .filter(SigV4AuthScheme.class::isInstance)
            .map(scheme -> ((SigV4AuthScheme) scheme).signingRegion())
            .findFirst()
            .orElse(region);
  }

  Secret sign(String clusterId, AwsCredentialsIdentity identity) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol("https")
            .host(host)
            .encodedPath("/")
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader("x-k8s-aws-id", clusterId)
            .build();
    SdkHttpRequest signed =
        signer
            .sign(
                sign ->
                    sign.request(request)
                        .identity(identity)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, signingRegion)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, EXPIRES)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
            .request();
    byte[] url = signed.getUri().toASCIIString().getBytes(StandardCharsets.US_ASCII);
    return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(url));
  }
}
