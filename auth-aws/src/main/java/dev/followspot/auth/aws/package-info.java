/**
 * A drop-in auth strategy for EKS. Put the jar and the AWS SDK that it depends on on the class
 * path, and {@code authProvider: aws} works.
 *
 * <p>{@link dev.followspot.auth.aws.AwsAuthFactory} is all there is to know.
 */
@NullMarked
package dev.followspot.auth.aws;

import org.jspecify.annotations.NullMarked;
