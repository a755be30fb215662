package dev.followspot.auth.aws;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.Cluster;
import dev.followspot.testkit.AuthStrategyContract;
import java.util.Map;
import java.util.Optional;

class AwsAuthContractTest extends AuthStrategyContract {

  private final AuthStrategy strategy = Fixtures.strategy(Fixtures.KEYS);

  @Override
  protected AuthStrategy strategy() {
    return strategy;
  }

  @Override
  protected Cluster cluster() {
    return Fixtures.cluster("alpha", Map.of());
  }

  @Override
  protected Optional<Cluster> clusterWithoutCredential() {
    return Optional.of(Fixtures.cluster("alpha", Map.of(EksCluster.ASSUME_ROLE, "arn:role")));
  }
}
