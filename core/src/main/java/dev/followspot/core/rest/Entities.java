package dev.followspot.core.rest;

import dev.followspot.core.catalog.EntityCatalog;
import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.RequestContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the catalog, within the limits; every failure is a {@link RestError}. */
final class Entities {

  private static final Logger LOG = LoggerFactory.getLogger(BackstageApi.class);

  private final @Nullable EntityCatalog catalog;
  private final Limits limits;

  Entities(@Nullable EntityCatalog catalog, Limits limits) {
    this.catalog = catalog;
    this.limits = limits;
  }

  CompletionStage<Optional<Entity>> find(EntityRef ref, RequestContext context) {
    return ask(ref.toString(), asked -> asked.entity(ref, context));
  }

  CompletionStage<List<Entity>> ofKind(String kind, RequestContext context) {
    return ask("entities", asked -> asked.entities(kind, context));
  }

  private <T> CompletionStage<T> ask(
      String what, Function<EntityCatalog, CompletionStage<T>> question) {
    EntityCatalog asked = catalog;
    if (asked == null) {
      throw RestError.internal(
          "there is no catalog to find "
              + what
              + " in; give one with FollowspotBuilder.catalog, or set followspot.catalog");
    }
    return limits
        .within(
            Access.attempt(() -> question.apply(asked)),
            () -> RestError.late("the catalog took too long; " + limits.cure()))
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw failed(Stages.cause(failure));
              }
              return answer;
            });
  }

  /** What is said of a failure of the application's own catalog might hold a secret. */
  private static RestError failed(Throwable failure) {
    if (failure instanceof RestError error) {
      return error;
    }
    boolean ours = failure.getClass().getName().startsWith("dev.followspot.");
    if (!ours) {
      LOG.error("the catalog failed", failure);
    }
    return RestError.internal(
        "the catalog failed: "
            + (ours
                ? failure.getMessage()
                : failure.getClass().getSimpleName() + "; the log of the backend says why"));
  }
}
