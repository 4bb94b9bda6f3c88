window.viewer = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  // Neither asks another host.
  validatorUrl: null,
  queryConfigEnabled: false,
})
