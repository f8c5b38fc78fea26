package dev.sinter.backend.opencl;

import dev.sinter.ir.exec.Backend;
import dev.sinter.ir.exec.Device;
import java.util.ArrayList;
import java.util.List;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/// All devices of all OpenCL platforms, through JOCL.
public final class OpenClBackend implements Backend {
    /// What was found, or why nothing could be.
    private record Found(List<Device> devices, String reason) {}

    private static final class Lazy {
        private static final Found FOUND = SignalHandlers.kept(OpenClBackend::discover);
    }

    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public List<Device> devices() {
        return Lazy.FOUND.devices();
    }

    @Override
    public String whyUnavailable() {
        return Lazy.FOUND.reason();
    }

    private static Found discover() {
        try {
            CL.setExceptionsEnabled(true);
            return new Found(List.copyOf(allDevices()), "");
        } catch (CLException failure) {
            // The loader's code for "no platform" has no name in JOCL.
            return new Found(List.of(), "no OpenCL platform is installed (" + failure.getMessage() + ")");
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError failure) {
            return new Found(List.of(), "the OpenCL library could not be loaded (" + firstLine(failure) + ")");
        }
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static List<Device> allDevices() {
        int[] count = new int[1];
        CL.clGetPlatformIDs(0, null, count);
        cl_platform_id[] platforms = new cl_platform_id[count[0]];
        CL.clGetPlatformIDs(platforms.length, platforms, null);
        List<Device> devices = new ArrayList<>();
        for (cl_platform_id platform : platforms) {
            for (cl_device_id device : devicesOf(platform)) {
                devices.add(OpenClDevice.of("opencl:" + devices.size(), platform, device));
            }
        }
        return devices;
    }

    private static cl_device_id[] devicesOf(cl_platform_id platform) {
        try {
            int[] count = new int[1];
            CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
            cl_device_id[] devices = new cl_device_id[count[0]];
            CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, devices.length, devices, null);
            return devices;
        } catch (CLException failure) {
            if (failure.getStatus() == CL.CL_DEVICE_NOT_FOUND) {
                return new cl_device_id[0];
            }
            throw failure;
        }
    }
}
