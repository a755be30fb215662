package dev.followspot.core.access;

import dev.followspot.spi.AuthenticationException;
import dev.followspot.spi.Caller;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.IncomingRequest;
import dev.followspot.spi.NotAllowedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Knows callers by the tokens of the configuration, compared in constant time. */
final class TokenAuthenticator implements CallerAuthenticator {

  private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+)");

  private final boolean open;
  private final List<StaticAccess> accesses;

  /**
   * An authenticator.
   *
   * @param open whether those that nobody knows are anonymous instead of refused
   */
  TokenAuthenticator(boolean open, List<StaticAccess> accesses) {
    this.open = open;
    this.accesses = accesses;
  }

  @Override
  public CompletionStage<Caller> authenticate(IncomingRequest request) {
    List<String> headers = request.headers().all("Authorization");
    StaticAccess access = headers.size() == 1 ? find(headers.get(0)) : null;
    if (access != null) {
      AccessRestrictions restrictions = access.restrictions();
      return restrictions == null || restrictions.areForThisPlugin()
          ? CompletableFuture.completedFuture(Caller.of(access.caller()))
          : CompletableFuture.failedFuture(
              new NotAllowedException(
                  "This token's access is restricted to plugin(s) "
                      + restrictions.plugins().stream()
                          .map(plugin -> "'" + plugin + "'")
                          .collect(Collectors.joining(", "))));
    }
    if (open) {
      return CompletableFuture.completedFuture(Caller.ANONYMOUS);
    }
    String message = headers.isEmpty() ? "Missing credentials" : "Illegal token";
    return CompletableFuture.failedFuture(
        new AuthenticationException(
            accesses.isEmpty()
                ? message
                    + "; the configuration lets nobody in, since neither"
                    + " backend.auth.externalAccess nor"
                    + " backend.auth.dangerouslyDisableDefaultAuthPolicy is set"
                : message));
  }

  /** Compares with every token, so that the time does not tell which one it was. */
  private @Nullable StaticAccess find(String header) {
    Matcher bearer = BEARER.matcher(header);
    if (!bearer.matches()) {
      return null;
    }
    byte[] digest = StaticAccess.digest(bearer.group(1));
    StaticAccess found = null;
    for (StaticAccess access : accesses) {
      boolean fits = access.fits(digest);
      found = fits ? access : found;
    }
    return found;
  }

  @Override
  public String toString() {
    return "TokenAuthenticator" + accesses;
  }
}
