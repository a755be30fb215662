package dev.followspot.examples.backstagebackend;

import dev.followspot.servlet.jetty.JettyConnections;
import jakarta.servlet.Servlet;
import java.net.URL;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Jetty with one servlet and the dashboard, set up so that requests reach them as they came, and
 * within limits.
 */
final class WebServer {

  /** Where the servlet is mounted. */
  static final String BASE_PATH = "/api/kubernetes";

  private static final String CORS = "Access-Control-";
  private static final int MAX_THREADS = 32;
  private static final int MIN_THREADS = 4;
  private static final int MAX_CONNECTIONS = 10_000;
  private static final int ACCEPTORS = 1;
  private static final int SELECTORS = 2;
  private static final int BACKLOG = 1024;

  /** Several tokens fit. */
  private static final int MAX_HEADER_BYTES = 32 * 1024;

  /** How long a connection may be silent before its request is complete. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Server server;
  private final ServerConnector connector;
  private final Outermost outermost;
  private final boolean tls;

  WebServer(
      ServerSettings settings,
      Servlet servlet,
      @Nullable URL dashboard,
      HealthHandler.Readiness readiness) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName("jetty");
    server = new Server(threads);
    ServerCertificate certificate = settings.certificate();
    tls = certificate != null;
    connector =
        new ServerConnector(server, null, null, null, ACCEPTORS, SELECTORS, factories(certificate));
    connector.setHost(settings.listen().host());
    connector.setPort(settings.listen().port());
    connector.setAcceptQueueSize(BACKLOG);
    connector.setIdleTimeout(IDLE.toMillis());
    // Otherwise whoever was silent for a second is cut off before they can be told of the end.
    connector.setShutdownIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    server.setRequestLog(new AccessLog());
    server.setErrorHandler(new JsonErrorHandler());
    CorsSettings cors = settings.cors();
    Handler handler =
        new Dashboard(dashboard, connections(Compression.of(BASE_PATH, context(servlet))));
    if (!settings.authenticates()) {
      handler = new OriginGuard(settings.names(), cors, handler);
    }
    handler = new HealthHandler(readiness, handler);
    outermost = new Outermost(cors == null ? handler : new CorsHandler(cors, handler));
    server.setHandler(outermost);
    server.setStopTimeout(0);
  }

  private static ConnectionFactory[] factories(@Nullable ServerCertificate certificate) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    // A watch sends a line at a time.
    http.setOutputAggregationSize(0);
    http.setUriCompliance(URIS);
    // A proxy in front may not see a bare line feed as the end of a header.
    http.setHttpCompliance(HttpCompliance.STRICT);
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    if (certificate == null) {
      return new ConnectionFactory[] {http1};
    }
    // Callers may use an address, or a name that a load balancer knows.
    SecureRequestCustomizer secure = new SecureRequestCustomizer(false);
    http.addCustomizer(secure);
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
    // WebSockets come over HTTP/1.1, where they can be passed through as they are.
    http2.setConnectProtocolEnabled(false);
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(certificate.keyStore());
    tls.setKeyStorePassword("");
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1
    };
  }

  /**
   * Paths of API servers may have encoded slashes, empty segments and semicolons. The servlet sees
   * the path as it came, and refuses what would lead out of the API.
   */
  private static final UriCompliance URIS =
      new UriCompliance(
          "raw",
          EnumSet.complementOf(
              EnumSet.of(UriCompliance.Violation.USER_INFO, UriCompliance.Violation.FRAGMENT)));

  private static Handler context(Servlet servlet) {
    ServletContextHandler context = new ServletContextHandler("/", false, false);
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    holder.setInitOrder(1);
    context.addServlet(holder, BASE_PATH + "/*");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.getServletHandler().setEnsureDefaultServlet(false);
    return context;
  }

  /** Upgrades connections, and notices callers that leave a silent watch. */
  private static Handler connections(Handler next) {
    JettyConnections connections = new JettyConnections();
    connections.setHandler(next);
    return connections;
  }

  /** Sets the headers of every answer, and counts those that are not sent yet. */
  private static final class Outermost extends Handler.Wrapper {

    private final AtomicInteger pending = new AtomicInteger();

    Outermost(Handler next) {
      super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      pending.incrementAndGet();
      Request.addCompletionListener(request, failure -> pending.decrementAndGet());
      return super.handle(request, new Guarded(request, response), callback);
    }
  }

  /**
   * Answers of clusters do not change what this server says to browsers: each of these headers is
   * there once.
   */
  private static final class Guarded extends Response.Wrapper {

    private static final String NOSNIFF = "X-Content-Type-Options";
    private final HttpFields.Mutable headers;

    Guarded(Request request, Response response) {
      super(request, response);
      response.getHeaders().put(NOSNIFF, "nosniff");
      headers =
          new HttpFields.Mutable.Wrapper(response.getHeaders()) {
            @Override
            public @Nullable HttpField onAddField(HttpField field) {
              String name = field.getName();
              return name.equalsIgnoreCase(NOSNIFF)
                      || (name.regionMatches(true, 0, CORS, 0, CORS.length()) && contains(name))
                  ? null
                  : field;
            }
          };
    }

    @Override
    public HttpFields.Mutable getHeaders() {
      return headers;
    }
  }

  /** Starts to listen. */
  void start() throws Exception {
    server.start();
  }

  /** Where the API is, such as {@code http://127.0.0.1:7007/api/kubernetes}. */
  String url() {
    return origin() + BASE_PATH;
  }

  /** Where the dashboard is, such as {@code http://127.0.0.1:7007/}. */
  String dashboardUrl() {
    return origin() + "/";
  }

  private String origin() {
    return (tls ? "https" : "http")
        + "://"
        + new ListenAddress(connector.getHost(), connector.getLocalPort());
  }

  /** Takes no more connections; those that are open go on. */
  void refuseConnections() {
    var unused = connector.shutdown();
  }

  /** How many requests are under way. */
  int requests() {
    return outermost.pending.get();
  }

  /** Ends everything. */
  void stop() throws Exception {
    server.stop();
  }
}
