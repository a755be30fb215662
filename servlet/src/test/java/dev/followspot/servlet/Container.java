package dev.followspot.servlet;

import dev.followspot.core.rest.RestHandler;
import dev.followspot.servlet.jetty.JettyConnections;
import jakarta.servlet.DispatcherType;
import java.io.File;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The servlet containers in which everything is tested, with eight threads each. */
enum Container {
  JETTY {
    @Override
    Running start(RestHandler handler, boolean async) throws Exception {
      Server server = new Server(new QueuedThreadPool(8, 8));
      HttpConfiguration configuration = new HttpConfiguration();
      configuration.setUriCompliance(
          UriCompliance.from(
              EnumSet.of(
                  UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                  UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
                  UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                  UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER)));
      ServerConnector connector =
          new ServerConnector(
              server,
              1,
              1,
              new HttpConnectionFactory(configuration),
              new HTTP2CServerConnectionFactory(configuration));
      connector.setHost("127.0.0.1");
      connector.setIdleTimeout(IDLE_MILLIS);
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler("/api");
      ServletHolder holder = new ServletHolder("followspot", new FollowspotServlet(handler));
      holder.setAsyncSupported(async);
      context.addServlet(holder, "/kubernetes/*");
      FilterHolder filter = new FilterHolder(new ReadingFilter());
      filter.setAsyncSupported(true);
      context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
      server.setHandler(new JettyConnections());
      ((JettyConnections) server.getHandler()).setHandler(context);
      server.start();
      return new Running(connector.getLocalPort(), server::stop);
    }
  },

  TOMCAT {
    @Override
    Running start(RestHandler handler, boolean async) throws Exception {
      File folder = Files.createTempDirectory("tomcat").toFile();
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(folder.getPath());
      Http11NioProtocol protocol = new Http11NioProtocol();
      protocol.setAddress(InetAddress.getLoopbackAddress());
      protocol.setMinSpareThreads(8);
      protocol.setMaxThreads(8);
      protocol.setConnectionTimeout(IDLE_MILLIS);
      protocol.addUpgradeProtocol(new Http2Protocol());
      Connector connector = new Connector(protocol);
      connector.setPort(0);
      connector.setEncodedSolidusHandling("passthrough");
      connector.setThrowOnFailure(true);
      tomcat.setConnector(connector);
      Context context = tomcat.addContext("/api", folder.getPath());
      Wrapper wrapper = Tomcat.addServlet(context, "followspot", new FollowspotServlet(handler));
      wrapper.setAsyncSupported(async);
      context.addServletMapping("/kubernetes/*", "followspot");
      FilterDef filter = new FilterDef();
      filter.setFilterName("reading");
      filter.setFilter(new ReadingFilter());
      filter.setAsyncSupported("true");
      context.addFilterDef(filter);
      FilterMap mapping = new FilterMap();
      mapping.setFilterName("reading");
      mapping.addURLPattern("/*");
      context.addFilterMap(mapping);
      tomcat.start();
      return new Running(
          connector.getLocalPort(),
          () -> {
            if (tomcat.getServer().getState().isAvailable()) {
              tomcat.stop();
              tomcat.destroy();
              folder.delete();
            }
          });
    }
  };

  /** How long a connection may be idle, where it may not be idle for ever. */
  static final int IDLE_MILLIS = 3_000;

  /** Starts it with the servlet at /api/kubernetes, of a web application at /api. */
  abstract Running start(RestHandler handler, boolean async) throws Exception;

  /** Whether it tells when a connection ends on which nothing is read and nothing is written. */
  boolean watchesConnections() {
    return this == JETTY;
  }

  Running start(RestHandler handler) throws Exception {
    return start(handler, true);
  }

  /** A container that runs. */
  record Running(int port, Stop stop) implements AutoCloseable {
    interface Stop {
      void stop() throws Exception;
    }

    @Override
    public void close() {
      try {
        stop.stop();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
