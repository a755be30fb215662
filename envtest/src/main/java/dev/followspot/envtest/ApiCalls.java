package dev.followspot.envtest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Calls to the API server, as its administrator unless said otherwise. */
final class ApiCalls {

  private final URI url;
  private final String adminToken;
  private final HttpClient client;

  ApiCalls(URI url, Path caFile, String adminToken) throws IOException {
    this.url = url;
    this.adminToken = adminToken;
    // With HTTP/2 the server sends GOAWAY along with every 401, which JDK 17's client takes for a
    // failure of the request.
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting(caFile))
            .build();
  }

  private static SSLContext trusting(Path caFile) throws IOException {
    try (InputStream pem = Files.newInputStream(caFile)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("authority-" + number++, each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean isReady() {
    try {
      return send("GET", "/readyz", adminToken, null, null).statusCode() == 200
          && send("GET", "/api/v1/namespaces/default", adminToken, null, null).statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  HttpResponse<String> send(
      String method,
      String pathAndQuery,
      @Nullable String token,
      @Nullable String contentType,
      @Nullable String body,
      String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + pathAndQuery))
            .timeout(Duration.ofSeconds(60))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kube-apiserver answered", e);
    }
  }

  void await(String pathAndQuery, @Nullable String token, IntPredicate wanted) {
    Instant end = Instant.now().plusSeconds(30);
    int status = send("GET", pathAndQuery, token, null, null).statusCode();
    while (!wanted.test(status)) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(pathAndQuery + " still answers " + status);
      }
      pause();
      status = send("GET", pathAndQuery, token, null, null).statusCode();
    }
  }

  static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for kube-apiserver", e);
    }
  }

  String require(String path) {
    return require("GET", path, "application/json", null).body();
  }

  /** Asks as the administrator; anything but success throws with the answer. */
  HttpResponse<String> require(
      String method, String pathAndQuery, String contentType, @Nullable String body) {
    HttpResponse<String> answer = send(method, pathAndQuery, adminToken, contentType, body);
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          method + " " + pathAndQuery + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer;
  }

  void apply(String yamlOrJson) {
    for (Map<String, ?> document : Yaml.documents(yamlOrJson)) {
      applyOne(document);
    }
  }

  private void applyOne(Map<String, ?> document) {
    String groupVersion = Yaml.text(document, "apiVersion");
    String root = (groupVersion.contains("/") ? "/apis/" : "/api/") + groupVersion;
    String kind = Yaml.text(document, "kind");
    List<Map<String, ?>> resources = resources(root);
    Map<String, ?> resource =
        resources.stream()
            .filter(each -> kind.equals(each.get("kind")) && !name(each).contains("/"))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("the server has no " + kind + " in " + root));
    String namespace = String.valueOf(Yaml.at(document, "metadata", "namespace"));
    String path =
        root
            + (Boolean.TRUE.equals(resource.get("namespaced")) ? "/namespaces/" + namespace : "")
            + "/"
            + name(resource)
            + "/"
            + Yaml.text(document, "metadata", "name");
    patch(path, document);
    boolean hasStatus =
        resources.stream().anyMatch(each -> name(each).equals(name(resource) + "/status"));
    if (document.containsKey("status") && hasStatus) {
      patch(path + "/status", document);
    }
  }

  private void patch(String path, Map<String, ?> document) {
    require(
        "PATCH",
        path + "?fieldManager=envtest&force=true",
        "application/apply-patch+yaml",
        Yaml.write(document));
  }

  private List<Map<String, ?>> resources(String root) {
    return Yaml.at(Yaml.object(require(root)), "resources") instanceof List<?> list
        ? list.stream().<Map<String, ?>>map(Yaml::map).toList()
        : List.of();
  }

  private static String name(Map<String, ?> resource) {
    return Yaml.text(resource, "name");
  }
}
