package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.RequestContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends nothing. */
final class NoCredential implements AuthStrategy {

  @Override
  public CompletionStage<Credential> credential(Cluster cluster, RequestContext context) {
    return CompletableFuture.completedFuture(Credential.none());
  }

  @Override
  public boolean dependsOnCaller() {
    return false;
  }
}
