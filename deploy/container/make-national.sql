CREATE DATABASE uth_national OWNER uth;
