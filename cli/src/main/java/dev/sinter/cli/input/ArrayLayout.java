package dev.sinter.cli.input;

/// Where the channels of pictures stand in an array.
public enum ArrayLayout {
    NCHW,
    NHWC
}
