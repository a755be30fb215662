package dev.followspot.core.extension;

import dev.followspot.spi.ObjectsProvider;
import dev.followspot.spi.ObjectsRequest;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.Problem;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An objects provider whose failures are a result with an error instead of objects. */
final class GuardedObjectsProvider implements ObjectsProvider {

  private final ObjectsProvider provider;
  private final Guard guard;

  GuardedObjectsProvider(ObjectsProvider provider, Guard guard) {
    this.provider = provider;
    this.guard = guard;
  }

  @Override
  public CompletionStage<ObjectsResult> objects(ObjectsRequest request) {
    return guard.call(
        () -> provider.objects(request), Function.identity(), failure -> error(request, failure));
  }

  private ObjectsResult error(ObjectsRequest request, RuntimeException failure) {
    return new ObjectsResult(
        request.entity().ref(),
        List.of(),
        List.of(Problem.error(guard.label(), guard.told(failure))));
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
