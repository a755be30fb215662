package dev.followspot.core;

import dev.followspot.core.http.HttpEngine;
import dev.followspot.spi.Cancellation;
import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsRequest;
import dev.followspot.spi.ObjectsResult;
import java.util.concurrent.CompletionStage;

/** Tells the engine when look-ups begin and end, each of which has a cancellation of its own. */
final class CountedLookups implements ObjectsProvider {

  private final ObjectsProvider provider;
  private final HttpEngine http;

  CountedLookups(ObjectsProvider provider, HttpEngine http) {
    this.provider = provider;
    this.http = http;
  }

  @Override
  public CompletionStage<ObjectsResult> objects(ObjectsRequest request) {
    Cancellation lookUp = request.context().cancellation();
    http.beginLookUp(lookUp);
    // An extension may never answer.
    Cancellation.Registration registration = lookUp.onCancel(() -> http.endLookUp(lookUp));
    Runnable end =
        () -> {
          registration.close();
          http.endLookUp(lookUp);
        };
    try {
      return provider.objects(request).whenComplete((found, failure) -> end.run());
    } catch (RuntimeException | Error e) {
      end.run();
      throw e;
    }
  }
}
