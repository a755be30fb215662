package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.AuthStrategyFactory;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterTls;
import dev.followspot.spi.Credential;
import dev.followspot.spi.RequestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The auth provider {@code clientCertificate}: the certificate and key of the cluster's TLS
 * settings. Connections present them, so that requests need no credential of their own.
 */
public final class ClientCertificateAuthFactory implements AuthStrategyFactory {

  /** Used by the engine; there is nothing to set. */
  public ClientCertificateAuthFactory() {}

  @Override
  public String name() {
    return "clientCertificate";
  }

  @Override
  public AuthStrategy create(AuthStrategyContext context) {
    return new ClientCertificate();
  }

  private static final class ClientCertificate implements AuthStrategy {

    @Override
    public CompletionStage<Credential> credential(Cluster cluster, RequestContext context) {
      List<String> problems = new ArrayList<>(problems(cluster));
      if (problems.isEmpty()) {
        ClusterTls tls = cluster.tls();
        if (tls.clientCertificate() == null) {
          checkReadable("client certificate", tls.clientCertificateFile(), problems);
        }
        if (tls.clientKey() == null) {
          checkReadable("client key", tls.clientKeyFile(), problems);
        }
      }
      return problems.isEmpty()
          ? CompletableFuture.completedFuture(Credential.none())
          : CallerToken.failed(String.join("; ", problems));
    }

    private static void checkReadable(String what, @Nullable Path file, List<String> problems) {
      if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
        problems.add("the " + what + " " + file + " is no file that can be read");
      }
    }

    @Override
    public boolean dependsOnCaller() {
      return false;
    }

    @Override
    public List<String> problems(Cluster cluster) {
      ClusterTls tls = cluster.tls();
      List<String> problems = new ArrayList<>();
      if (tls.clientCertificate() == null && tls.clientCertificateFile() == null) {
        problems.add("the client certificate is missing; set it as data or as a PEM file");
      }
      if (tls.clientKey() == null && tls.clientKeyFile() == null) {
        problems.add("the key of the client certificate is missing; set it as data or a PEM file");
      }
      return problems;
    }
  }
}
