package dev.followspot.core.cluster;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterTls;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Secret;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the cluster of one context of a kubeconfig. */
final class KubeconfigCluster {

  private static final List<String> IMPERSONATION =
      List.of("as", "as-uid", "as-groups", "as-user-extra");

  private final String name;
  private final Kubeconfig.Entry cluster;
  private final Kubeconfig.Entry user;

  private KubeconfigCluster(String name, Kubeconfig.Entry cluster, Kubeconfig.Entry user) {
    this.name = name;
    this.cluster = cluster;
    this.user = user;
  }

  static Cluster of(String name, Path file, Kubeconfig.Entry cluster, Kubeconfig.Entry user) {
    return new KubeconfigCluster(name, cluster, user).make(file);
  }

  private Cluster make(Path file) {
    for (String key : IMPERSONATION) {
      if (user.value().containsKey(key)) {
        // Without it, more might be shown than the file means to allow.
        throw problem(
            user, key, "impersonates another user, which is not supported; use that user's token");
      }
    }
    Secret token = secret(user, "token");
    Path tokenFile = path(user, "tokenFile");
    Secret certificate = secret(user, "client-certificate-data");
    Path certificateFile = certificate == null ? path(user, "client-certificate") : null;
    Secret key = secret(user, "client-key-data");
    Path keyFile = key == null ? path(user, "client-key") : null;
    if ((certificate == null && certificateFile == null) != (key == null && keyFile == null)) {
      throw problem(
          user,
          key == null && keyFile == null ? "client-key" : "client-certificate",
          "is missing; a client certificate and its key belong together");
    }
    String caData = pem(cluster, "certificate-authority-data");
    Cluster.Builder builder =
        Cluster.named(name)
            .url(uri("server"))
            .authProvider(
                provider(token, tokenFile, certificate != null || certificateFile != null))
            // As in kubectl: a token file wins over a token.
            .serviceAccountToken(tokenFile == null ? token : null)
            .serviceAccountTokenFile(tokenFile)
            .tls(
                new ClusterTls(
                    skipVerify(),
                    caData,
                    caData == null ? path(cluster, "certificate-authority") : null,
                    text(cluster, "tls-server-name"),
                    certificate,
                    certificateFile,
                    key,
                    keyFile))
            .proxyUrl(proxy())
            .origin(file + " context " + name);
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw problem(cluster, "server", String.valueOf(e.getMessage()));
    }
  }

  private String provider(
      @Nullable Secret token, @Nullable Path tokenFile, boolean clientCertificate) {
    Map<?, ?> credentials = user.value();
    if (token != null || tokenFile != null) {
      return "serviceAccount";
    }
    if (clientCertificate) {
      return "clientCertificate";
    }
    if (credentials.containsKey("exec")) {
      return "exec";
    }
    if (credentials.containsKey("auth-provider")) {
      return "auth-provider";
    }
    return credentials.containsKey("username") ? "basic" : "anonymous";
  }

  private boolean skipVerify() {
    Object value = cluster.value().get("insecure-skip-tls-verify");
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw problem(cluster, "insecure-skip-tls-verify", "is neither true nor false");
  }

  private @Nullable URI proxy() {
    if (text(cluster, "proxy-url") == null) {
      return null;
    }
    URI proxy = uri("proxy-url");
    if (proxy.getHost() == null || proxy.getScheme() == null || !isHttp(proxy.getScheme())) {
      throw problem(cluster, "proxy-url", "is no HTTP proxy; http://host:port is expected");
    }
    return proxy;
  }

  private static boolean isHttp(String scheme) {
    return scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
  }

  private URI uri(String key) {
    String text = text(cluster, key);
    if (text == null) {
      throw problem(cluster, key, "is missing; the address of an API server is expected");
    }
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw problem(cluster, key, "is no address such as https://10.0.0.1:6443");
    }
  }

  private @Nullable String pem(Kubeconfig.Entry entry, String key) {
    String data = text(entry, key);
    if (data != null && !ConfiguredCluster.isPem(data)) {
      throw problem(entry, key, "is neither base64 of PEM nor PEM; its value is not shown");
    }
    return data;
  }

  private @Nullable Secret secret(Kubeconfig.Entry entry, String key) {
    String text = key.endsWith("-data") ? pem(entry, key) : text(entry, key);
    return text == null ? null : Secret.of(text);
  }

  private @Nullable Path path(Kubeconfig.Entry entry, String key) {
    String text = text(entry, key);
    if (text == null) {
      return null;
    }
    try {
      return entry.file().toAbsolutePath().resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      throw problem(entry, key, "is no path");
    }
  }

  private @Nullable String text(Kubeconfig.Entry entry, String key) {
    Object value = entry.value().get(key);
    if (value == null || value.equals("")) {
      return null;
    }
    if (value instanceof String text) {
      return text;
    }
    throw problem(entry, key, "is no text; put it in quotes");
  }

  private ConfigurationException problem(Kubeconfig.Entry entry, String key, String message) {
    return new ConfigurationException(
        entry.file().toString(), "contexts." + name + " " + key, message);
  }
}
