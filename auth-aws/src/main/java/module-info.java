/** A drop-in auth strategy for EKS: AWS identities as bearer tokens. */
@org.jspecify.annotations.NullMarked
module dev.followspot.auth.aws {
  requires transitive dev.followspot.spi;
  requires static org.jspecify;
  requires software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.endpoints;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.auth.aws;
  requires software.amazon.awssdk.http.auth.spi;
  requires software.amazon.awssdk.http.urlconnection;
  requires software.amazon.awssdk.identity.spi;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.services.sts;
  requires software.amazon.awssdk.utils;

  exports dev.followspot.auth.aws;

  provides dev.followspot.spi.AuthStrategyFactory with
      dev.followspot.auth.aws.AwsAuthFactory;
}
