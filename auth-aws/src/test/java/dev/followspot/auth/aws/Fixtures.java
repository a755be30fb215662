package dev.followspot.auth.aws;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.ExtensionConfig;
import dev.followspot.spi.RequestContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** What the tests share. */
final class Fixtures {

  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final String ID = "AKIDEXAMPLE";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final String ROLE = "arn:aws:iam::123456789012:role/portal";
  static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET, "AWS_REGION", "eu-west-1");

  private Fixtures() {}

  /** What an engine gives to the strategy. */
  static AuthStrategyContext context(
      String settings, Map<String, String> environment, Clock clock, Executor executor) {
    Configuration configuration =
        AppConfig.parse("app-config.yaml", "followspot: { auth: { aws: " + settings + " } }")
            .resolve(environment);
    ExtensionConfig config =
        configuration.root().section("followspot").section("auth").section("aws");
    return new AuthStrategyContext() {
      @Override
      public AuthStrategy delegate(String name) {
        throw new AssertionError("asked for " + name);
      }

      @Override
      public ExtensionConfig config() {
        return config;
      }

      @Override
      public Clock clock() {
        return clock;
      }

      @Override
      public Executor executor() {
        return executor;
      }

      @Override
      public Map<String, String> environment() {
        return environment;
      }
    };
  }

  static AuthStrategyContext context(String settings, Map<String, String> environment) {
    return context(settings, environment, CLOCK, Runnable::run);
  }

  static AuthStrategy strategy(Map<String, String> environment) {
    return new AwsAuthFactory().create(context("{}", environment));
  }

  /** A strategy that assumes roles at another STS. */
  static AwsAuth strategy(Map<String, String> environment, Clock clock, URI sts) {
    return new AwsAuth(
        AwsSettings.read(context("{}", environment).config(), environment),
        clock,
        Runnable::run,
        sts);
  }

  static Cluster cluster(String name, Map<String, String> metadata) {
    return Cluster.named(name)
        .url("https://cluster.example.com")
        .authProvider("aws")
        .authMetadata(metadata)
        .build();
  }

  static Credential credential(AuthStrategy strategy, Cluster cluster) {
    return strategy
        .credential(cluster, RequestContext.create())
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  static Throwable failure(AuthStrategy strategy, Cluster cluster) {
    try {
      throw new AssertionError("a credential came: " + credential(strategy, cluster));
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  /** The URL in a token. */
  static String url(Credential credential) {
    String token = credential.bearerToken().orElseThrow().reveal();
    if (!token.startsWith("k8s-aws-v1.") || token.contains("=")) {
      throw new AssertionError("no token of EKS");
    }
    byte[] url = Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length()));
    return new String(url, StandardCharsets.UTF_8);
  }

  /** The parameters of a URL as they stand there, in their order. */
  static Map<String, String> query(String url) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : url.substring(url.indexOf('?') + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (query.put(parts[0], parts[1]) != null) {
        throw new AssertionError("twice: " + parts[0]);
      }
    }
    return query;
  }
}
