"""Pages (sider): server-rendered, whole without JavaScript."""
