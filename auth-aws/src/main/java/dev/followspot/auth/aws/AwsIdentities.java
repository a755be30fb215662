package dev.followspot.auth.aws;

import dev.followspot.auth.aws.EksCluster.Role;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Who we are, and who we become by assuming a role. Blocks; safe for use by several threads. */
final class AwsIdentities implements AutoCloseable {

  /** Roles may stand in a catalog, which many people write; those used least are forgotten. */
  static final int MAX_ROLES = 1000;

  private static final String SESSION_NAME = "followspot";
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(15);

  private final AwsSettings settings;
  private final @Nullable URI stsEndpoint;
  private final AwsCredentialsProvider own;
  private @Nullable StsClient sts;

  /** Guarded by this. */
  private final Map<Role, StsAssumeRoleCredentialsProvider> roles =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Role, StsAssumeRoleCredentialsProvider> eldest) {
          return size() > MAX_ROLES;
        }
      };

  /**
   * Asks for nothing yet.
   *
   * @param stsEndpoint another STS than the region's; null for that one
   */
  AwsIdentities(AwsSettings settings, @Nullable URI stsEndpoint) {
    this.settings = settings;
    this.stsEndpoint = stsEndpoint;
    own = own(settings);
  }

  private static AwsCredentialsProvider own(AwsSettings settings) {
    AwsSettings.Keys keys = settings.keys();
    if (keys != null) {
      String id = keys.id().reveal();
      String secret = keys.secret().reveal();
      Optional<String> session = keys.session().map(token -> token.reveal());
      return StaticCredentialsProvider.create(
          session.isPresent()
              ? AwsSessionCredentials.create(id, secret, session.get())
              : AwsBasicCredentials.create(id, secret));
    }
    String profile = settings.profile();
    if (profile != null && settings.onlyProfile()) {
      return ProfileCredentialsProvider.create(profile);
    }
    DefaultCredentialsProvider.Builder builder = DefaultCredentialsProvider.builder();
    return profile == null ? builder.build() : builder.profileName(profile).build();
  }

  /**
   * Credentials to sign with.
   *
   * @throws dev.followspot.spi.CredentialException if there are none
   */
  AwsCredentials credentials(@Nullable Role role) {
    AwsCredentials mine;
    try {
      mine = own.resolveCredentials();
    } catch (SdkException | IllegalArgumentException | IllegalStateException e) {
      throw AwsFailures.noCredentials(settings);
    }
    if (role == null) {
      return mine;
    }
    try {
      return provider(role).resolveCredentials();
    } catch (SdkException | IllegalStateException e) {
      throw AwsFailures.noRole(e);
    }
  }

  private synchronized StsAssumeRoleCredentialsProvider provider(Role role) {
    StsClient client = sts == null ? client() : sts;
    sts = client;
    return roles.computeIfAbsent(
        role,
        key ->
            StsAssumeRoleCredentialsProvider.builder()
                .stsClient(client)
                .refreshRequest(
                    request ->
                        request
                            .roleArn(key.arn())
                            .externalId(key.externalId())
                            .roleSessionName(SESSION_NAME))
                .build());
  }

  private StsClient client() {
    return StsClient.builder()
        .region(Region.of(settings.region()))
        .credentialsProvider(own)
        .endpointOverride(stsEndpoint)
        .httpClientBuilder(
            UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ATTEMPT))
        .overrideConfiguration(
            override -> override.apiCallTimeout(CALL).apiCallAttemptTimeout(ATTEMPT))
        .build();
  }

  @Override
  public synchronized void close() {
    roles.values().forEach(StsAssumeRoleCredentialsProvider::close);
    roles.clear();
    if (sts != null) {
      sts.close();
    }
    if (own instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }
}
