package dev.sinter.backend.opencl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/// What a driver says of a device.
record DeviceQuery(cl_platform_id platform, cl_device_id device) {
    String text(int parameter) {
        long[] size = new long[1];
        CL.clGetDeviceInfo(device, parameter, 0, null, size);
        byte[] bytes = new byte[Math.toIntExact(size[0])];
        CL.clGetDeviceInfo(device, parameter, bytes.length, Pointer.to(bytes), null);
        return string(bytes);
    }

    String platformText(int parameter) {
        return platformText(platform, parameter);
    }

    static String platformText(cl_platform_id platform, int parameter) {
        long[] size = new long[1];
        CL.clGetPlatformInfo(platform, parameter, 0, null, size);
        byte[] bytes = new byte[Math.toIntExact(size[0])];
        CL.clGetPlatformInfo(platform, parameter, bytes.length, Pointer.to(bytes), null);
        return string(bytes);
    }

    private static String string(byte[] bytes) {
        int length = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
        return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
    }

    /// A number of 4 or 8 bytes.
    long number(int parameter) {
        long[] size = new long[1];
        CL.clGetDeviceInfo(device, parameter, 0, null, size);
        ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        CL.clGetDeviceInfo(device, parameter, size[0], Pointer.to(buffer), null);
        return size[0] == 8 ? buffer.getLong(0) : buffer.getInt(0) & 0xffffffffL;
    }
}
