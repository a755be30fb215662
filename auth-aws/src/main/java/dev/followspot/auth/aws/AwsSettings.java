package dev.followspot.auth.aws;

import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ExtensionConfig;
import dev.followspot.spi.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known before the SDK is asked.
 *
 * @param region whose STS is asked
 * @param keys long-lived or temporary keys; null if somebody else knows them
 * @param profile a profile to use; null for the SDK's choice
 * @param onlyProfile whether nothing but that profile will do
 * @param missingKey the variable that is missing beside the one that is there; null if none is
 */
record AwsSettings(
    String region,
    @Nullable Keys keys,
    @Nullable String profile,
    boolean onlyProfile,
    @Nullable String missingKey) {

  static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";
  static final String SECRET_ACCESS_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String SESSION_TOKEN = "AWS_SESSION_TOKEN";
  private static final String DEFAULT_REGION = "us-east-1";
  private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int MAX_LABEL = 63;

  /** A pair of keys; all of it is secret, since the id tells whose they are. */
  record Keys(Secret id, Secret secret, Optional<Secret> session) {}

  static AwsSettings read(ExtensionConfig config, Map<String, String> environment) {
    String region = region(config, environment);
    Keys configured = configured(config);
    Optional<String> profile = config.optionalString("profile");
    if (configured != null && profile.isPresent()) {
      throw config.problem(
          "profile", "is there beside accessKeyId: take one of the two away, since one is used");
    }
    if (configured != null || profile.isPresent()) {
      return new AwsSettings(region, configured, profile.orElse(null), true, null);
    }
    Optional<Secret> id = variable(environment, ACCESS_KEY_ID).map(Secret::of);
    Optional<Secret> secret = variable(environment, SECRET_ACCESS_KEY).map(Secret::of);
    Optional<Secret> session = variable(environment, SESSION_TOKEN).map(Secret::of);
    if (id.isPresent() && secret.isPresent()) {
      Keys keys = new Keys(id.get(), secret.get(), session);
      return new AwsSettings(region, keys, null, false, null);
    }
    String missing = id.isPresent() ? SECRET_ACCESS_KEY : secret.isPresent() ? ACCESS_KEY_ID : null;
    String chosen = variable(environment, "AWS_PROFILE").orElse(null);
    return new AwsSettings(region, null, chosen, false, missing);
  }

  private static @Nullable Keys configured(ExtensionConfig config) {
    Optional<Secret> id = config.optionalSecret("accessKeyId").filter(text -> !text.isBlank());
    Optional<Secret> secret =
        config.optionalSecret("secretAccessKey").filter(text -> !text.isBlank());
    Optional<Secret> session = config.optionalSecret("sessionToken").filter(s -> !s.isBlank());
    if (id.isPresent() && secret.isPresent()) {
      return new Keys(id.get(), secret.get(), session);
    }
    if (id.isPresent() || secret.isPresent() || session.isPresent()) {
      String missing = id.isPresent() ? "secretAccessKey" : "accessKeyId";
      throw config.problem(
          missing,
          "is missing: accessKeyId and secretAccessKey go together, with sessionToken if they are"
              + " temporary");
    }
    return null;
  }

  private static String region(ExtensionConfig config, Map<String, String> environment) {
    Optional<String> configured = config.optionalString("region");
    if (configured.isPresent()) {
      String region = configured.get();
      if (!isRegion(region)) {
        throw config.problem("region", noRegion(region));
      }
      return region;
    }
    for (String name : new String[] {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
      Optional<String> value = variable(environment, name);
      if (value.isPresent()) {
        String region = value.get();
        if (!isRegion(region)) {
          throw new ConfigurationException("", name, noRegion(region));
        }
        return region;
      }
    }
    return DEFAULT_REGION;
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private static boolean isRegion(String text) {
    return text.length() <= MAX_LABEL && REGION.matcher(text).matches();
  }

  private static String noRegion(String text) {
    String start = text.length() <= MAX_LABEL ? text : text.substring(0, MAX_LABEL) + "…";
    return "'"
        + start.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "\uFFFD")
        + "' is no region; lower-case letters, digits and '-' are expected, such as eu-west-1";
  }
}
