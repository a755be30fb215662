package dev.followspot.testkit;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The sockets: WireMock, with one stub for everything, whose answers are made by a handler. */
final class Listener implements AutoCloseable {

  /** The API server compresses what is larger. */
  private static final int GZIP_FROM = 128 * 1024;

  private static final long FOR_EVER = Duration.ofDays(1).toMillis();

  private final WireMockServer server;
  private final boolean tls;
  private final @Nullable Path keyStoreFile;

  /** Makes the answers. */
  interface Handler {
    Reply handle(String method, String url, @Nullable String authorization, String protocol);
  }

  /** An answer, and what goes wrong with it. */
  record Reply(Answer answer, @Nullable Fault fault) {}

  private Listener(WireMockServer server, boolean tls, @Nullable Path keyStoreFile) {
    this.server = server;
    this.tls = tls;
    this.keyStoreFile = keyStoreFile;
  }

  /**
   * Opens a port on loopback.
   *
   * @param port the port; 0 for any
   * @param keyStore the server's key and certificates; null for plain HTTP
   */
  static Listener open(
      int port, @Nullable KeyStore keyStore, Handler handler, AtomicInteger accepted) {
    WireMockConfiguration options =
        WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .notifier(new Silence())
            .networkTrafficListener(new ConnectionCounter(accepted))
            .disableRequestJournal()
            .gzipDisabled(true)
            .stubRequestLoggingDisabled(true)
            .extensionScanningEnabled(false)
            .asynchronousResponseEnabled(true)
            .asynchronousResponseThreads(8)
            .jettyStopTimeout(0L)
            .extensions(new Answering(handler));
    Path file = null;
    if (keyStore == null) {
      options.port(port);
    } else {
      file = write(keyStore);
      options
          .httpDisabled(true)
          .httpsPort(port)
          .keystorePath(file.toString())
          .keystorePassword(Certificates.PASSWORD)
          .keyManagerPassword(Certificates.PASSWORD)
          .keystoreType("PKCS12");
    }
    WireMockServer server = new WireMockServer(options);
    server.start();
    server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(new ResponseDefinitionBuilder()));
    return new Listener(server, keyStore != null, file);
  }

  private static Path write(KeyStore keyStore) {
    try {
      Path file = Files.createTempFile("mock-kubernetes", ".p12");
      try (OutputStream out = Files.newOutputStream(file)) {
        keyStore.store(out, Certificates.PASSWORD.toCharArray());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  int port() {
    return tls ? server.httpsPort() : server.port();
  }

  @Override
  public void close() {
    server.stop();
    if (keyStoreFile != null) {
      try {
        Files.deleteIfExists(keyStoreFile);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Answering(Handler handler) implements ResponseTransformerV2 {

    @Override
    public String getName() {
      return "mock-kubernetes";
    }

    @Override
    public Response transform(Response ignored, ServeEvent event) {
      LoggedRequest request = event.getRequest();
      Reply reply =
          handler.handle(
              request.getMethod().getName(),
              request.getUrl(),
              request.containsHeader("Authorization") ? request.getHeader("Authorization") : null,
              request.getProtocol());
      String encodings =
          request.containsHeader("Accept-Encoding") ? request.getHeader("Accept-Encoding") : "";
      return render(reply, encodings.contains("gzip"));
    }

    private static Response render(Reply reply, boolean gzip) {
      Answer answer = reply.answer();
      Fault fault = reply.fault();
      if (gzip && answer.body().length > GZIP_FROM) {
        answer = compressed(answer);
      }
      Response.Builder response = Response.response().status(answer.status());
      byte[] body = answer.body();
      List<HttpHeader> headers = new ArrayList<>();
      answer.headers().forEach((name, value) -> headers.add(HttpHeader.httpHeader(name, value)));
      if (fault == null || fault.kind() != Fault.Kind.JUNK) {
        headers.add(HttpHeader.httpHeader("Content-Length", Integer.toString(body.length)));
      }
      response.headers(new HttpHeaders(headers)).body(body);
      if (fault != null) {
        spoil(response, fault, body);
      }
      return response.build();
    }

    private static void spoil(Response.Builder response, Fault fault, byte[] body) {
      response.incrementInitialDelay(fault.delay().toMillis());
      switch (fault.kind()) {
        case HANG -> response.incrementInitialDelay(FOR_EVER);
        case RESET ->
            response.fault(com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER);
        case TRUNCATE -> response.body(() -> new BrokenOff(body));
        case JUNK -> response.body(() -> new Junk(fault.size()));
        default -> {
          // The answer is the fault, or merely late.
        }
      }
    }

    private static Answer compressed(Answer answer) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(answer.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return answer.withBody(bytes.toByteArray()).withHeader("Content-Encoding", "gzip");
    }
  }
}
