package dev.followspot.auth.aws;

import dev.followspot.spi.Credential;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** All that needs the SDK. */
final class Tokens implements AutoCloseable {

  private final Clock clock;
  private final EksToken signature;
  private final AwsIdentities identities;

  Tokens(AwsSettings settings, Clock clock, @Nullable URI stsEndpoint) {
    this.clock = clock;
    signature = new EksToken(settings.region(), clock);
    identities = new AwsIdentities(settings, stsEndpoint);
  }

  Credential make(EksCluster cluster) {
    AwsCredentials credentials = identities.credentials(cluster.role());
    Instant end = clock.instant().plus(EksToken.LIFE);
    Instant expires =
        credentials.expirationTime().filter(earlier -> earlier.isBefore(end)).orElse(end);
    return Credential.bearer(signature.sign(cluster.id(), credentials), expires);
  }

  @Override
  public void close() {
    identities.close();
  }
}
