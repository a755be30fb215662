package dev.followspot.core.catalog;

import dev.followspot.core.auth.TokenFiles;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.Secret;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The token for a remote catalog: a fixed one, one in a file that is read again, or none. */
final class CatalogToken implements CredentialSource {

  private final @Nullable Secret token;
  private final @Nullable Path file;
  private final Executor executor;
  private final TokenFiles files = new TokenFiles();

  CatalogToken(@Nullable Secret token, @Nullable Path file, Executor executor) {
    this.token = token;
    this.file = file;
    this.executor = executor;
  }

  @Override
  public CompletionStage<Credential> credential() {
    Path path = file;
    if (path != null) {
      return CompletableFuture.supplyAsync(() -> bearer(files.token(path)), executor);
    }
    return CompletableFuture.completedStage(token == null ? Credential.none() : bearer(token));
  }

  private static Credential bearer(Secret secret) {
    try {
      return Credential.bearer(secret);
    } catch (IllegalArgumentException e) {
      throw new CredentialException("the token of the catalog cannot be used: " + e.getMessage());
    }
  }

  @Override
  public CompletionStage<Credential> refresh(Credential rejected) {
    return credential();
  }
}
